import { main } from '#src/cli/main.js';
import { manyResult } from '../report/sample.js';
import { fakeDeps } from './fake-io.js';

/** A program of its own: far more JSON than a pipe holds, for a reader that leaves early. */
process.exitCode = await main(['client.pcap', '--json'], undefined, fakeDeps(manyResult(5000)));
