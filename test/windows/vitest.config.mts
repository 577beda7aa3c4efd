import { defineConfig } from 'vitest/config';

// Runs inside Wine: the tests of the real addon, and then every other one on the real node.exe for Windows.
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ['test/windows/*.wine.ts', 'test/**/*.test.ts'],
    // These need programs of this machine: repositories, packages, servers, OpenSSL, Samba, hivex, tshark, Ansible, git, tsx.
    exclude: [
      'test/structure/**',
      'test/package/**',
      'test/probe/**',
      'test/cipher-suite/{dhe-suites,other-names}.test.ts',
      'test/registry-files/samba.test.ts',
      'test/registry-files/registry-hive.test.ts',
      'test/inputs/{forms,mutations,read-input}.test.ts',
      'test/evidence/{captures,damaged-captures,page}.test.ts',
      'test/fleet/ansible.test.ts',
      'test/group-policy/rights-and-programs.test.ts',
      'test/cli/{main,page-layout}.test.ts',
      // No system takes part in these.
      'test/windows/suite-effect.test.ts',
      'test/statistics/**',
      'test/messages/**',
      'test/cli/pictures.test.ts',
      'test/evidence/{fault,logs}.test.ts',
      'test/fleet/{page,simulated-fleet}.test.ts',
      'test/inputs/policy-documents.test.ts',
      'test/files/xml.test.ts',
    ],
    // They share one registry.
    fileParallelism: false,
    // A process and the modules anew for every file would take longer than its tests.
    isolate: false,
    // Ends what hangs, and nothing that is slow.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    setupFiles: ['test/support/properties.ts'],
  },
});
