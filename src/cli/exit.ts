/** Exit status of the process; scripts rely on it. */
export const EXIT = {
  passed: 0,
  failed: 1,
  wrongInput: 2,
  bug: 3,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;
