/**
 * Tells the supervising process, before it is made, of a file or folder that has to go should this process end before it can remove it itself.
 *
 * @param path - absolute; nothing else ever has this name
 */
export async function announceTemporary(path: string): Promise<void> {
  await new Promise<void>((done) => {
    if (process.send === undefined) done();
    else process.send(path, () => done());
  });
}

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Does something short that is to happen as a whole or not at all: signals that come meanwhile do not end this process. */
export async function uninterrupted(work: () => Promise<void>): Promise<void> {
  const wait = (): void => undefined;
  for (const signal of STOP_SIGNALS) process.on(signal, wait);
  try {
    await work();
  } finally {
    for (const signal of STOP_SIGNALS) process.off(signal, wait);
  }
}
