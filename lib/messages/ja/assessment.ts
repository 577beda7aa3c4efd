import type { AssessmentMessages } from '../shape';
import { describeStateProblem } from './errors';
import { spaced } from './spaced';

/** As the editor of preferences calls them. */
const actions = { create: '作成', replace: '置換', update: '更新', delete: '削除' } as const;

export const assessment: AssessmentMessages = {
  join: (sentences) => sentences.join(''),
  layer: { groupPolicy: 'グループ ポリシー', mdm: 'MDM', local: 'ローカルの一覧' },
  finding: {
    'dhe-offered': ({ suites }) => `提示する DHE の暗号スイート: ${suites.join(', ')}`,
    'dhe-hidden-by-fips': ({ suites }) =>
      `FIPS モードで隠れている DHE の暗号スイートがあり、FIPS モードを無効にすると戻ります: ${suites.join(', ')}`,
    'dhe-in-overridden-list': ({ suites, governing }, m) =>
      `ローカルの一覧に DHE の暗号スイートが ${suites.length} 個ありますが、${spaced(m.layer[governing])}が優先されるため有効ではありません。"disable --local-list" で削除できます。`,
    'governed-by-group-policy': ({ key }) =>
      `グループ ポリシー (SSL 暗号の順位、HKLM\\${key}) が一覧を設定しています。ポリシーを変更してください。`,
    'governed-by-mdm': ({ key }) => `MDM (HKLM\\${key}) が一覧を設定しています。MDM のプロファイルを変更してください。`,
    'governing-layer-uncertain': ({ layer }, m) =>
      `おそらく${spaced(m.layer[layer])}が有効ですが、確実ではありません。`,
    'policy-text-malformed': ({ layer, faultCount }, m) =>
      `${spaced(m.layer[layer])}の文字列に誤りが ${faultCount} 個あります。Windows は暗号スイートを認識できない可能性があります。"policy text" で修正できます。`,
    'policy-wrong-type': ({ layer, found, key }, m) =>
      `${m.layer[layer]}: HKLM\\${key} の値の種類が ${found} です。REG_SZ でなければ Windows は無視します。`,
    'policy-too-long': ({ length, shortened, limit }) =>
      `ポリシーの文字列は ${length} 文字です (DHE の暗号スイートを除くと ${shortened} 文字)。ポリシー エディターの上限は ${limit} 文字です。`,
    'policy-empty': ({ layer, key }, m) =>
      `${m.layer[layer]}: HKLM\\${key} の値が空です。この場合の Windows の動作は文書化されていません。`,
    'local-wrong-type': ({ found, key }) =>
      `HKLM\\${key} のローカルの一覧の種類が ${found} です。REG_MULTI_SZ である必要があります。`,
    'configured-enumerated-differ': ({ onlyConfigured, onlyEnumerated }) =>
      `レジストリと Windows の応答が異なります (レジストリのみ: ${onlyConfigured.join(', ') || 'なし'}、応答のみ: ${onlyEnumerated.join(', ') || 'なし'})。再起動してから確認してください。`,
    'layer-not-in-export': ({ key, exportKey }) =>
      `HKLM\\${key} の内容がわかりません。対象のコンピューターで上位のキーをエクスポートし、両方のファイルを --from で指定してください: reg export HKLM\\${exportKey} ${exportKey.startsWith('SYSTEM') ? 'a' : 'b'}.reg`,
    'policy-without-effect': ({ key, dheSuites }) =>
      `HKLM\\${key} の内容は効果がなく、削除できます。ポリシーは 32 ビットと 64 ビットのプログラムに共通です。${dheSuites.length === 0 ? '' : `DHE の暗号スイートが ${dheSuites.length} 個あります。`}`,
    'dirty-hive': () =>
      'ハイブは、Windows がすべてを書き込む前にコピーされたものです。最後の変更はログ (.LOG1、.LOG2) にある可能性があります。ログと同じ場所に置いて Windows で "reg load" を実行してから、もう一度取得してください。',
    'policy-origins': ({ origins }) =>
      `設定元: ${origins
        .map(({ name, links, isInForce, isDisabled, dheSuites }) => {
          const facts = [
            ...(links.length === 0 ? [] : [`リンク先: ${links.join(', ')}`]),
            ...(isInForce === null ? [] : [isInForce ? '有効' : 'ほかの GPO が優先']),
            ...(isDisabled ? ['コンピューターの構成は無効'] : []),
            `DHE の暗号スイート ${dheSuites.length} 個`,
          ];
          return `GPO "${name ?? '?'}" (${facts.join('、')})`;
        })
        .join('、')}`,
    'preference-items': ({ items }) =>
      `グループ ポリシーの基本設定の項目も順位を設定しています: ${items
        .map(({ name, links, action, isDisabled, isTargeted, dheSuites }) => {
          const facts = [
            actions[action],
            ...(links.length === 0 ? [] : [`リンク先: ${links.join(', ')}`]),
            ...(isDisabled ? ['無効'] : []),
            ...(isTargeted ? ['項目レベルでターゲット設定あり: 一部のコンピューターのみ'] : []),
            `DHE の暗号スイート ${dheSuites.length} 個`,
          ];
          return `"${name ?? '?'}" (${facts.join('、')})`;
        })
        .join(
          '、',
        )}。ポリシーと競合し、どちらが有効になるかわかりません。この項目を削除し (gpmc.msc の [編集]、[コンピューターの構成] - [基本設定] - [Windows の設定] - [レジストリ])、ポリシーだけで順位を設定してください。`,
    'diffie-hellman-disabled': ({ enabled, suites }) =>
      suites.length === 0
        ? `Diffie-Hellman は SCHANNEL のキーで無効になっています (Enabled = ${enabled})。`
        : `DHE は構成されていますが、SCHANNEL のキー (Diffie-Hellman、Enabled = ${enabled}) で無効になっています: ${suites.join(', ')}`,
    'diffie-hellman-unclear': ({ enabled }) =>
      `SCHANNEL のキー Diffie-Hellman が Enabled = ${enabled} です。文書にある値は 0 (無効) と 0xffffffff (有効) だけです。`,
    'nothing-works-here': ({ listed }) =>
      `一覧の ${listed} 個の暗号スイートは、この Windows と設定ではどれも機能しません。TLS では何も接続できません。`,
    'curve-suffixes': ({ suites }) =>
      `曲線の付いた名前は Windows 8.1 以前のものです。曲線の順位は別に設定し、次のように書き換えてください: ${suites.map(({ name, write }) => `${name} -> ${write}`).join(', ')}`,
    'leading-zero-fix': ({ state, build, revision }) =>
      ({
        present: `この Windows (ビルド ${build}.${revision ?? '?'}) には KB4557473 の先頭の 0 に関する修正があります。接続相手にはない可能性があります。`,
        absent: `この Windows (ビルド ${build}.${revision ?? '?'}) には KB4557473 の修正がありません。KB4537806 以降を適用してください。`,
        'never-made': `この Windows (ビルド ${build}) 向けの KB4557473 の修正はありません。`,
        unknown: 'この Windows に KB4557473 の修正があるかどうかわかりません。',
      })[state],
    'event-logging-set': ({ startedAt, until, isOver }) =>
      `このツールが Schannel の EventLogging を ${startedAt} に変更しました${until === null ? '' : ` (期限: ${until})`}。${isOver ? '期限が過ぎています。' : ''}"evidence --logging off" で元に戻せます。`,
    'restart-advised': ({ certain }) =>
      certain
        ? '前回の起動後に一覧が変更されました。すべてのサービスに確実に反映するために OS を再起動してください。'
        : '前回の起動後に一覧のキーが書き込まれました。一覧を変更した場合は OS を再起動してください。',
    'interrupted-change': ({ operation, backupId }) =>
      operation === 'selfcheck'
        ? '自己診断が途中で中断されました。"restore" を実行すると、残っているものを削除します。'
        : `"${operation}" が中断されました。"disable" で完了するか、"restore ${backupId}" で元に戻してください。`,
    'stored-state-unreadable': ({ key, entries }) =>
      `HKLM\\${key} にあるこのツールのエントリを読み取れません: ${entries.map((one) => `${one.entry} (${describeStateProblem(one)})`).join('、')}。ほかの機能はそのまま使用できます。"restore --set-aside" で退避できます。`,
    'unknown-suites': ({ suites }) =>
      `Schannel にない名前です。ここでは効果がありません: ${suites.map(({ name, write }) => (write === null ? name : `${name} (Schannel での名前: ${write})`)).join(', ')}`,
    'duplicate-suites': ({ suites }) => `重複しています: ${suites.join(', ')}`,
    'unsupported-suites': ({ suites }) => `この Windows ではサポートされず、効果がありません: ${suites.join(', ')}`,
    'windows-version-unknown': ({ build }) =>
      `Windows のバージョンがわかりません (ビルド: ${build ?? 'エクスポートになし'})。`,
  },
  severity: { error: '問題', warning: '警告', info: '情報' },
  next: {
    disable:
      '次の操作: "schannel-dhe disable --dry-run" で削除されるものを確認し、"schannel-dhe disable" で削除します (バックアップを保存します)。',
    export:
      '次の操作: 対象のコンピューターで "schannel-dhe disable" を実行するか、"schannel-dhe disable --from <このファイル> --out fixed.reg" でインポート用のファイルを作成してください。',
    policy:
      '次の操作: "schannel-dhe disable" は、修正したポリシーの文字列と設定する場所を表示します。このコンピューターは変更しません。',
  },
  columns: ['順位', '暗号スイート', '鍵交換アルゴリズム', '', 'この Windows では'],
  suitesLeftOut: (count) => `DHE 以外の ${count} 個は "status --all" で表示します。`,
};
