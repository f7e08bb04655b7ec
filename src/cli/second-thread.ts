import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { JudgedLines } from './judge-lines.ts';

/** A second thread that judges names while this one does too. It takes one list at a time. */
export interface SecondThread {
  judge(texts: readonly string[]): Promise<JudgedLines>;
  close(): Promise<void>;
}

/** Starts the thread; it loads the lexicons for itself. */
export function startSecondThread(): SecondThread {
  // A small young generation: judged names are garbage at once, and the memory of two threads adds up.
  const worker = new Worker(new URL('./judge-worker.js', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  return {
    async judge(texts) {
      worker.postMessage(texts);
      const [judged] = (await once(worker, 'message')) as [JudgedLines];
      return judged;
    },
    async close() {
      await worker.terminate();
    },
  };
}
