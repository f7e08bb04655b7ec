import { stat } from 'node:fs/promises';
import { AuditError } from '../errors.ts';
import { inTurns } from './in-turns.ts';
import type { InputPath } from './input-path.ts';

/** Notices files that change between the first look at them and the last: they are read several times, and hashed at the end. */
export interface FileWatch {
  /**
   * To be called before anything is read of these files.
   *
   * @throws {AuditError} E_INPUT_UNREADABLE for a pipe or a device
   */
  begin(inputs: readonly InputPath[]): Promise<void>;
  /**
   * To be called when nothing more is read.
   *
   * @throws {AuditError} E_INPUT_UNREADABLE for the first file that is not what it was
   */
  refuseChanged(): Promise<void>;
}

/** Watches no file yet. */
export function fileWatch(): FileWatch {
  const watched: { readonly input: InputPath; readonly before: string }[] = [];
  return {
    async begin(inputs) {
      await inTurns(inputs, refuseStream);
      watched.push(...(await inTurns(inputs, async (input) => ({ input, before: await stateOf(input) }))));
    },
    async refuseChanged() {
      const isSame = await inTurns(watched, async ({ input, before }) => (await stateOf(input)) === before);
      const changed = watched[isSame.indexOf(false)];
      if (changed === undefined) return;
      throw new AuditError('E_INPUT_UNREADABLE', 'The file changed while it was read.', {
        location: { file: changed.input.shown },
        hint: 'Run the audit again once nothing writes to the file any more.',
      });
    },
  };
}

/** A pipe gives its rows once, and whoever asks again waits without end. */
async function refuseStream({ path, shown }: InputPath): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.isFile()) return;
  throw new AuditError('E_INPUT_UNREADABLE', 'This is a pipe or a device, whose rows could be read only once.', {
    location: { file: shown },
    hint: 'Write the rows to a file, or pipe assignments in: `… | traitleak audit --assignments -`.',
  });
}

/** What tells one content of a file from another without reading it; a file that is gone is told where it is read. */
async function stateOf({ path }: InputPath): Promise<string> {
  return stat(path, { bigint: true }).then(
    ({ dev, ino, size, mtimeNs, ctimeNs }) => [dev, ino, size, mtimeNs, ctimeNs].join(' '),
    () => 'gone',
  );
}
