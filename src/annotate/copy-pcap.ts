import { interfaceBlock, packetBlock, sectionBlock } from '../capture/pcapng/write.js';
import { TimeLine } from '../capture/time-line.js';
import type { Comments } from './comments.js';
import { eachFrame } from './frames.js';
import type { Sink } from './sink.js';

/** Writes a classic capture as pcapng: the same frames with the same times and lengths, and the comments. */
export async function copyPcap(path: string, comments: Comments, sink: Sink): Promise<void> {
  const timeLine = new TimeLine();
  let started = false;
  await sink.write(sectionBlock());
  await eachFrame(path, timeLine, async (frame) => {
    if (!started) await sink.write(interfaceBlock(frame.linkType, null));
    started = true;
    await sink.write(
      packetBlock({
        interface: 0,
        time: (timeLine.base ?? 0n) + BigInt(Math.round(frame.time)),
        bytes: frame.bytes.subarray(frame.at, frame.at + frame.capturedLength),
        originalLength: frame.originalLength,
        direction: frame.direction,
        comment: comments.get(frame.number) ?? null,
      }),
    );
  });
}
