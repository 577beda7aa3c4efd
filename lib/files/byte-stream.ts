/** Streams of bytes whose beginning is looked at before they are read. */

/** What a form is told by; a pipe may bring single bytes. */
export async function readHead(stream: AsyncIterator<Uint8Array>, headLength: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < headLength) {
    const { done, value } = await stream.next();
    if (done === true) break;
    parts.push(value);
    length += value.byteLength;
  }
  return Buffer.concat(parts);
}

/** All of it again. */
export async function* chain(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  try {
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
