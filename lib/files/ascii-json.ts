/** JSON that every code page and every pipe carries unharmed. */

/** In ASCII alone. */
export function formatJson(content: object | null, indent = 2): string {
  return JSON.stringify(content, null, indent).replace(/[\u007f-\uffff]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
