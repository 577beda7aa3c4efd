/** The languages that this program speaks: a line each. */
import type { Messages } from './shape';

export const languages = {
  en: async () => (await import('./en/index.js')).en,
  ja: async () => (await import('./ja/index.js')).ja,
} satisfies Readonly<Record<string, () => Promise<Messages>>>;

export type Language = keyof typeof languages;

/** A text in every language, where it belongs to one thing alone, such as the help of an option. */
export type Localized = Readonly<Record<Language, string>>;

/** The language of a locale such as `ja-JP`; English where it is none of ours. */
export function languageOf(locale: string): Language {
  return (Object.keys(languages) as Language[]).find((language) => locale.startsWith(language)) ?? 'en';
}
