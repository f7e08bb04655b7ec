/** Entry of the second thread of `check`: judges each list of names that it is sent, and sends the result back. */
import { parentPort } from 'node:worker_threads';
import { loadLexicons } from '../ingest/load-lexicons.ts';
import { judgeLines } from './judge-lines.ts';

const { judge } = await loadLexicons();
parentPort?.on('message', (texts: readonly string[]) => {
  parentPort?.postMessage(judgeLines(texts, judge));
});
