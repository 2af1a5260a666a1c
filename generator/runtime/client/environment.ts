/**
 * A variable of the environment, where there is one that may be read: of Node, Bun, Deno, and Workers that have `process`. `undefined`
 * elsewhere, as in browsers, and where Deno was not given the permission.
 */
export function environment(name: string): string | undefined {
  // Neither has a type here: the client knows no platform.
  const { process, Deno } = globalThis as {
    readonly process?: { readonly env?: { readonly [name: string]: string | undefined } };
    readonly Deno?: { readonly env: { get(name: string): string | undefined } };
  };
  try {
    return process?.env?.[name] ?? Deno?.env.get(name);
  } catch {
    return undefined;
  }
}

/** A user and a password from a variable of the environment, written `user:password`; without a colon, the password is empty. */
export function environmentLogin(
  name: string,
): { readonly username: string; readonly password: string } | undefined {
  const text = environment(name);
  if (!text) return undefined;
  // RFC 7617, §2: the first colon ends the user.
  const [, username = "", password = ""] = /^([^:]*):?([^]*)$/.exec(text) ?? [];
  return { username, password };
}
