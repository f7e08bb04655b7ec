import { createHash } from 'node:crypto';
import type { UserIdShape } from '../rules/rule-cases.ts';

/** Makes the id of the user with this number; the same number gives the same id, another number another id. */
export function madeUserId(shape: UserIdShape, index: number): string {
  const digest = (algorithm: string): string => createHash(algorithm).update(`user ${index}`).digest('hex');
  const group = (position: number): number => Math.floor(index / 256 ** position) % 256;
  const hexGroups = [3, 2, 1, 0].map((position) => group(position).toString(16).padStart(2, '0'));
  switch (shape) {
    case 'plain':
      return `user-${[...digest('sha256').slice(0, 16)].map((digit) => 'bcdfghjklmnpqrst'[Number.parseInt(digit, 16)]).join('')}`;
    case 'email':
      return `user${index}@example.org`;
    case 'guid': {
      const hex = digest('sha256');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    }
    case 'mac':
      return ['02', '00', ...hexGroups].join(':');
    case 'ipv4':
      return `10.${group(2)}.${group(1)}.${group(0)}`;
    case 'ipv6':
      return `2001:db8:0:0:0:0:${hexGroups.slice(0, 2).join('')}:${hexGroups.slice(2).join('')}`;
    case 'phone':
      return `+1555${String(index).padStart(7, '0')}`;
    case 'md5':
    case 'sha1':
    case 'sha256':
      return digest(shape);
    case 'sequential':
      return String(100_001 + index);
  }
}
