import type { SourceLocation } from '../../domain/location.ts';
import type { WeightedTopic } from '../../domain/segment.ts';
import { AuditError } from '../../errors.ts';

/**
 * Parses a cell of weighted topics, `term:weight;term:weight`. A topic without a weight weighs 1.
 *
 * @throws {AuditError} E_DEFINITION_INVALID when a weight is not a positive number
 */
export function parseTopics(cell: string, location: SourceLocation): readonly WeightedTopic[] {
  return cell
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => parseTopic(part, location));
}

function parseTopic(part: string, location: SourceLocation): WeightedTopic {
  const colon = part.lastIndexOf(':');
  const tail = colon < 0 ? '' : part.slice(colon + 1).trim();
  if (!/^[-+]?[0-9.]+(e[-+]?[0-9]+)?$/i.test(tail)) return { term: part, weight: 1 };
  const weight = Number(tail);
  const term = part.slice(0, colon).trim();
  if (!(weight > 0) || !Number.isFinite(weight) || term === '') {
    throw new AuditError('E_DEFINITION_INVALID', `The topic "${part}" needs a term and a weight above 0.`, {
      location,
      hint: 'Write topics as `term:weight;term:weight`, such as `tattoos:0.5;travel:0.3`.',
    });
  }
  return { term, weight };
}
