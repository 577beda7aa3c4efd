import { name, version } from '../../../package.json';
import type { Contents } from './sbom';

/** What a release consists of; beside each lies what is inside of it, `<file>.cdx.json`. */
export const releaseFiles = {
  npm: `${name}-${version}.tgz`,
  executable: `${name}-${version}-win-x64.zip`,
  module: `SchannelDhe-${version}.zip`,
  setup: `${name}-${version}-setup.exe`,
  msi: `${name}-${version}.msi`,
  chocolatey: `${name}.${version}.nupkg`,
} as const;

const addons = { targets: ['x86_64', 'i686'], node: false, nsis: false } as const;
const program = { targets: ['x86_64'], node: true, nsis: false } as const;

/** What lies in each, beside our own code and what is bundled into it. */
export const releaseContents: Readonly<Record<string, Omit<Contents, 'licences'>>> = {
  [releaseFiles.npm]: addons,
  [releaseFiles.module]: addons,
  [releaseFiles.executable]: program,
  [releaseFiles.setup]: { ...program, nsis: true },
  [releaseFiles.msi]: program,
  [releaseFiles.chocolatey]: program,
};

export const sumsName = 'SHA256SUMS';
