import type { VNode } from 'preact';
import type { Notice } from '../../domain/notice.ts';
import type { AuditReport } from '../../domain/report.ts';
import { formatCount } from '../../wording/format-number.ts';
import { auditedScope } from '../audited-scope.ts';
import { Foreign } from './foreign-text.tsx';
import { CutNote, ScrollTable } from './scroll-table.tsx';
import { Section } from './section.tsx';

const INPUTS_SHOWN = 200;

/** What was audited, when, and with which versions. */
export function ScopeSection({ report }: { readonly report: AuditReport }): VNode {
  const scope = auditedScope(report);
  return (
    <Section id="scope" lead="Another run with the same files, rule packs and versions gives the same findings.">
      <dl class="facts">
        {scope.facts.map(({ label, text }) => (
          <div>
            <dt>{label}</dt>
            <dd>
              <Foreign text={text} length={400} />
            </dd>
          </div>
        ))}
      </dl>
      <h3>Files</h3>
      <ScrollTable
        label="Files that were audited"
        columns={['Role', 'File', { title: 'Rows', className: 'number' }, 'SHA-256']}
      >
        {scope.inputs.slice(0, INPUTS_SHOWN).map(({ role, path, rows, sha256 }) => (
          <tr>
            <td>{role.replaceAll('-', ' ')}</td>
            <td>
              <Foreign text={path} />
            </td>
            <td class="number">{rows === null ? '' : formatCount(rows)}</td>
            <td class="hash">
              <Foreign text={sha256} />
            </td>
          </tr>
        ))}
      </ScrollTable>
      <CutNote shown={INPUTS_SHOWN} all={scope.inputs.length} what="files" where="-f json" />
      <h3>Rows that were not used, and why</h3>
      <Notices notices={scope.unused} none="Every row was used." />
      {scope.reading.length > 0 && (
        <>
          <h3>How columns were read</h3>
          <Notices notices={scope.reading} none="" />
        </>
      )}
      <h3>Rule packs</h3>
      <ScrollTable
        label="Rule packs that were applied"
        columns={['Pack', 'Version', 'Where its law is in force', { title: 'Rules', className: 'number' }, 'SHA-256']}
      >
        {scope.packs.map(({ id, version, title, jurisdiction, rules, sha256 }) => (
          <tr>
            <td>
              <Foreign text={title} /> <span class="id">{<Foreign text={id} />}</span>
            </td>
            <td>
              <Foreign text={version} />
            </td>
            <td>{jurisdiction === null ? 'bound to no place' : <Foreign text={jurisdiction} />}</td>
            <td class="number">{formatCount(rules)}</td>
            <td class="hash">
              <Foreign text={sha256} />
            </td>
          </tr>
        ))}
      </ScrollTable>
    </Section>
  );
}

/** Notices as a list, warnings marked with a word. */
export function Notices({ notices, none }: { readonly notices: readonly Notice[]; readonly none: string }): VNode {
  if (notices.length === 0) return <p>{none}</p>;
  return (
    <ul class="notices">
      {notices.map(({ level, message }) => (
        <li class={level}>
          {level === 'warning' && <strong>Warning: </strong>}
          <Foreign text={message} length={1200} />
        </li>
      ))}
    </ul>
  );
}
