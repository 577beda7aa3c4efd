import { describe, expect, it } from 'vitest';
import { findSymptoms, lookIds, meaningIds, symptoms } from '../../lib/windows/symptoms';

it.each([
  ['36871', ['event-36871']],
  ['36874', ['event-36874']],
  ['36887', ['event-36887']],
  ['36888', ['event-36888']],
  ['0x80090331', ['algorithm-mismatch']],
  ['0X80090331', ['algorithm-mismatch']],
  ['-2146893007', ['algorithm-mismatch']],
  ['2148074289', ['algorithm-mismatch']],
  ['10054', ['connection-reset']],
  ['forcibly closed', ['connection-reset']],
  ['既存の接続はリモート ホストに強制的に切断されました。', ['connection-reset']],
  [
    'A connection was successfully established with the server, but then an error occurred during the login process. (provider: SSL Provider, error: 0 - An existing connection was forcibly closed by the remote host.)',
    ['connection-reset'],
  ],
  ['Event 36888, then 0x80090331', ['event-36888', 'algorithm-mismatch']],
  ['SEC_E_MESSAGE_ALTERED 0x8009030f', ['message-altered']],
  ['0x80072746', ['connection-reset']],
  ['-2147014842', ['connection-reset']],
  ['0x00072746', []],
  ['0x81072746', []],
  ['0x800903311', []],
  ['(36888)', ['event-36888']],
  ['36888,36874', ['event-36874', 'event-36888']],
  ['FORCIBLY CLOSED', ['connection-reset']],
  ['36888x', []],
  ['36888F', []],
  ['236888', []],
  ['80090331', []],
  ['12345678901', []],
  ['368881', []],
  ['x36888', []],
  ['', []],
])('%s is %j', (text, ids) => {
  expect(findSymptoms(text).map(({ id }) => id)).toEqual(ids);
});

it('are told whole', () => {
  expect(symptoms.find(({ id }) => id === 'decrypt-failure')).toEqual({
    id: 'decrypt-failure',
    kind: 'status',
    numbers: [2148074288],
    phrases: ['sec_e_decrypt_failure'],
    meanings: [{ id: 'leading-zero', look: ['probe', 'windows-update', 'disable'] }],
    sources: [
      expect.stringContaining('schannel-error-codes-for-tls-and-ssl-alerts.md'),
      expect.stringMatching(/^KB4557473/),
    ],
  });
});

describe.each(symptoms)('$id', ({ meanings, sources, numbers, phrases }) => {
  it('has a meaning, something to look at, and a source for it', () => {
    expect(numbers.length + phrases.length).toBeGreaterThan(0);
    expect(meanings.length).toBeGreaterThan(0);
    for (const { id, look } of meanings) {
      expect(meaningIds).toContain(id);
      expect(look.length).toBeGreaterThan(0);
      for (const one of look) expect(lookIds).toContain(one);
    }
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) expect(source).toMatch(/\w/);
  });
});

it('has no meaning and nothing to look at that no symptom leads to', () => {
  const meanings = symptoms.flatMap((symptom) => symptom.meanings);
  expect([...new Set(meanings.map(({ id }) => id))].sort()).toEqual([...meaningIds].sort());
  expect([...new Set(meanings.flatMap(({ look }) => look))].sort()).toEqual([...lookIds].sort());
});
