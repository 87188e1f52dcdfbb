import { Frame } from '../capture/frame.js';
import { type OpenCapture, openCapture } from '../capture/open.js';
import type { TimeLine } from '../capture/time-line.js';

/** Walks the frames of a file once more, one reused cursor; what happens with each is waited for. */
export async function eachFrame(
  path: string,
  timeLine: TimeLine,
  take: (frame: Frame, capture: OpenCapture) => Promise<void> | undefined,
): Promise<OpenCapture> {
  const capture = await openCapture(path, { timeLine });
  const frame = new Frame();
  try {
    for (;;) {
      while (capture.reader.next(frame)) {
        const busy = take(frame, capture);
        if (busy !== undefined) await busy;
      }
      if (capture.window.ended) return capture;
      await capture.window.fill();
    }
  } finally {
    await capture.close();
  }
}
