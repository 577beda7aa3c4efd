import { declare } from '../../command';

const documents = async () => ({});

export const dscGet = declare({
  name: 'dsc get',
  help: { en: 'DSC v3: the state of this machine', ja: 'DSC v3: このコンピューターの状態を取得する' },
  machine: 'reads',
  examples: ["'{}' | schannel-dhe dsc get", '\'{"scope":"localList"}\' | schannel-dhe dsc get'],
  options: {},
  documents,
});

export const dscTest = declare({
  name: 'dsc test',
  help: {
    en: 'DSC v3: compare it with the state on stdin',
    ja: 'DSC v3: 標準入力の状態と比較する',
  },
  machine: 'reads',
  examples: [
    '\'{"dheOffered":false}\' | schannel-dhe dsc test',
    '\'{"dheOffered":false,"scope":"localList"}\' | schannel-dhe dsc test',
  ],
  options: {},
  documents,
});

export const dscSet = declare({
  name: 'dsc set',
  help: {
    en: 'DSC v3: remove the DHE suites, as stdin states',
    ja: 'DSC v3: 標準入力の状態のとおり、DHE の暗号スイートを削除する',
  },
  machine: 'changes',
  examples: [
    '\'{"dheOffered":false}\' | schannel-dhe dsc set',
    '\'{"dheOffered":false,"strict":true}\' | schannel-dhe dsc set',
  ],
  options: {},
  documents,
});

export const dscSchema = declare({
  name: 'dsc schema',
  help: { en: 'DSC v3: the JSON Schema of such a state', ja: 'DSC v3: 状態の JSON スキーマを表示する' },
  machine: 'none',
  examples: ['schannel-dhe dsc schema', 'schannel-dhe dsc schema > schema.json'],
  options: {},
  documents,
});
