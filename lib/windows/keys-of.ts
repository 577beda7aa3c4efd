/** The keys of a data file as a type that does not name the file: the declarations that ship cannot read one. */
export function keysOf<T extends object>(data: T) {
  return Object.keys(data) as (keyof T)[];
}
