/** What packing changes in the texts of the module. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const loader = /^foreach \(\$folder in 'Private', 'Public'\) \{[\s\S]*?^\}\r?\n/m;

/** The scripts as one, since under the policy AllSigned each file needs a signature of its own. */
export function joinModule(folder: string): string {
  const root = readFileSync(join(folder, 'SchannelDhe.psm1'), 'utf8');
  if (!loader.test(root)) throw new Error('expected the loop in SchannelDhe.psm1 that loads Private and Public');
  const scripts = ['Private', 'Public'].flatMap((part) =>
    readdirSync(join(folder, part))
      .sort()
      // The help lies beside the module, and not above the script any more.
      .map((name) => readFileSync(join(folder, part, name), 'utf8').replace('.EXTERNALHELP ../', '.EXTERNALHELP ')),
  );
  return toWindowsLines(root.replace(loader, () => scripts.join('\n')));
}

/** The manifest with what a gallery shows. What `package.json` does not know, it does not say. */
export function publishManifest(
  manifest: string,
  { repository }: { readonly repository?: string | { readonly url: string } },
  changelog: string,
): string {
  const address = (typeof repository === 'string' ? repository : repository?.url)?.replace(/^git\+|\.git$/g, '');
  const notes = /^## .*\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(changelog)?.[1]?.trim() ?? '';
  const fields = [
    ...(address === undefined
      ? []
      : [
          ['ProjectUri', address],
          ['LicenseUri', `${address}/blob/HEAD/LICENSE`],
        ]),
    ['ReleaseNotes', notes],
  ].map(([name, value = '']) => `            ${name} = '${value.replaceAll("'", "''")}'\n`);
  const place = /( +PSData = @\{\r?\n)/;
  if (!place.test(manifest)) throw new Error('expected PSData in SchannelDhe.psd1');
  return toWindowsLines(manifest.replace(place, (found) => found + fields.join('')));
}

function toWindowsLines(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}
