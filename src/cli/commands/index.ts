import type { Command } from 'commander';
import { registerAudit } from './audit.ts';
import { registerBaseline } from './baseline.ts';
import { registerCheck } from './check.ts';
import { registerCompletion } from './completion.ts';
import { registerDiff } from './diff.ts';
import { registerExplain } from './explain.ts';
import { registerInit } from './init.ts';
import { registerReport } from './report.ts';
import { registerRules } from './rules.ts';
import { registerSql } from './sql.ts';
import { registerVerify } from './verify.ts';
import { registerWaive } from './waive.ts';

/** Adds every command to the program. What a command needs is loaded when it runs, so that `--help` stays fast. */
export function registerCommands(program: Command): void {
  for (const register of [
    registerAudit,
    registerCheck,
    registerExplain,
    registerInit,
    registerRules,
    registerReport,
    registerWaive,
    registerBaseline,
    registerVerify,
    registerDiff,
    registerSql,
    registerCompletion,
  ])
    register(program);
}
