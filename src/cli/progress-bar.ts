import type { PhaseMeasure, ProgressListener } from '../domain/progress.ts';
import { formatCount } from '../wording/format-number.ts';
import { truncate } from '../wording/terminal-text.ts';

/** The stream that a bar is drawn on, and the clock it goes by. */
export interface ProgressTerminal {
  write(text: string): unknown;
  readonly columns: number;
  /** Milliseconds. */
  now(): number;
}

/** A bar on a terminal. */
export interface ProgressBar extends ProgressListener {
  /** Draws the present state; a timer calls it. */
  draw(): void;
  /** Takes the bar off the screen. */
  stop(): void;
}

/** Nothing is drawn for what takes no longer. */
const PATIENCE = 1000;

const BAR_WIDTH = 20;

/** Shares below this say little about the time left. */
const TELLING_SHARE = 0.05;

const CLEAR_LINE = '\r\u001b[2K';

/**
 * Makes a bar with the phase, its time, the share that is done, and the time left. It appears once the work takes longer than a second.
 */
export function progressBar(terminal: ProgressTerminal): ProgressBar {
  const start = terminal.now();
  let phase = '';
  let began = start;
  let measure: PhaseMeasure | undefined;
  let isDrawn = false;
  return {
    begin(next, nextMeasure) {
      if (next !== phase) began = terminal.now();
      phase = next;
      measure = nextMeasure;
    },
    draw() {
      const now = terminal.now();
      if (now - start < PATIENCE || phase === '') return;
      terminal.write(`${CLEAR_LINE}${line(phase, (now - began) / 1000, measure, terminal.columns)}`);
      isDrawn = true;
    },
    stop() {
      if (isDrawn) terminal.write(CLEAR_LINE);
      isDrawn = false;
    },
  };
}

function line(phase: string, seconds: number, measure: PhaseMeasure | undefined, columns: number): string {
  const share = measure?.share?.();
  const parts = [phase];
  if (measure !== undefined && share !== undefined) parts.push(bar(share), rateText(measure.amount, share, seconds));
  else if (measure !== undefined) parts.push(amountText(measure.amount.count, measure.amount.unit));
  const isTelling = share !== undefined && share >= TELLING_SHARE && share < 1;
  parts.push(isTelling ? `${duration((seconds / share) * (1 - share))} left` : duration(seconds));
  // A line that fills the terminal would wrap, and could not be cleared.
  return truncate(parts.join('  '), Math.max(1, columns - 1));
}

type Unit = PhaseMeasure['amount']['unit'];

/** What is done, and how fast, such as `62 MB, 95 MB/s`. */
function rateText({ count, unit }: PhaseMeasure['amount'], share: number, seconds: number): string {
  const done = count * Math.min(1, share);
  return `${amountText(done, unit)}, ${amountText(done / Math.max(seconds, 0.001), unit)}/s`;
}

function amountText(count: number, unit: Unit): string {
  return unit === 'bytes' ? `${formatCount(Math.round(count / 1e6))} MB` : `${formatCount(Math.round(count))} rows`;
}

function bar(share: number): string {
  const bounded = Math.min(1, Math.max(0, share));
  const filled = Math.round(bounded * BAR_WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${String(Math.floor(bounded * 100)).padStart(3)} %`;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${String(Math.round(seconds - 60 * minutes)).padStart(2, '0')} s`;
}
