import { declare } from '../../command';
import { policyOptions } from '../../policy-options';

const shared = {
  machine: 'none',
  operand: { name: 'folder', help: { en: 'where to look', ja: '検索するフォルダー' } },
  options: {
    check: {
      kind: 'flag',
      excludes: ['repair'],
      help: {
        en: 'end with 1 where one needs repair',
        ja: '修正が必要な GPO がある場合は 1 で終了する',
      },
    },
    repair: {
      kind: 'flag',
      needs: ['out'],
      help: {
        en: 'write corrected copies of the backups that need it, into --out',
        ja: '修正が必要なバックアップの修正済みコピーを --out に書き込む',
      },
    },
    out: {
      kind: 'text',
      value: { en: 'folder', ja: 'フォルダー' },
      needs: ['repair'],
      help: { en: 'a folder outside of it', ja: '検索するフォルダーの外のフォルダー' },
    },
    ...policyOptions,
    ndjson: {
      kind: 'flag',
      help: {
        en: 'print one JSON document for each GPO as it is found, a line each, and one at the end',
        ja: 'GPO ごとに 1 行の JSON 文書を、最後に集計の文書を出力する',
      },
    },
  },
} as const;

const documents = async () => (await import('./documents.js')).documents;

export const policyBackup = declare({
  ...shared,
  name: 'policy backup',
  help: { en: 'every GPO backup below a folder', ja: 'フォルダーにあるすべての GPO のバックアップを調べる' },
  examples: ['schannel-dhe policy backup gpos', 'schannel-dhe policy backup gpos --repair --out corrected'],
  lines: ['ndjson'],
  documents,
});

export const policyScan = declare({
  ...shared,
  name: 'policy scan',
  help: {
    en: 'every policy below a folder: backups, copied SYSVOL trees, loose Registry.pol files',
    ja: 'フォルダーにあるすべてのポリシー (バックアップ、コピーした SYSVOL、単独の Registry.pol) を調べる',
  },
  examples: ['schannel-dhe policy scan Policies --check', 'schannel-dhe policy scan Policies --ndjson'],
  lines: ['ndjson'],
  documents,
});
