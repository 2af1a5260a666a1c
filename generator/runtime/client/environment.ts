/** A variable of the environment, where there is one: `undefined` in browsers. */
export function environment(name: string): string | undefined {
  // `process` has no type here: the client knows no platform.
  const { process } = globalThis as {
    readonly process?: { readonly env?: { readonly [name: string]: string | undefined } };
  };
  return process?.env?.[name];
}
