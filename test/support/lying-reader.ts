import { pcapParser } from '#src/second-reader/pcap-parser.js';
import type { FrameImage, NamedReader } from '#src/second-reader/reading.js';

/** The second reader, but for what `lie` makes of each frame; undefined leaves a frame out. */
export function lyingReader(lie: (image: FrameImage, frame: number) => FrameImage | undefined): NamedReader {
  return {
    name: 'liar 1.0.0',
    async read(path, wanted) {
      const reading = await pcapParser.read(path, wanted);
      if ('refusal' in reading) return reading;
      const images = [...reading.images].flatMap(([frame, image]): [number, FrameImage][] => {
        const told = lie(image, frame);
        return told === undefined ? [] : [[frame, told]];
      });
      return { ...reading, images: new Map(images) };
    },
  };
}
