/** What a program with four calls costs the compiler: type instantiations of the whole program, the client's sources included. */
import { execFile } from "node:child_process";
import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { compilers } from "../compile.ts";

const modules = path.resolve(import.meta.dirname, "../../node_modules");

/**
 * The instantiations that `tsc --extendedDiagnostics` of TypeScript 5.9 counts for a program in a folder: strict, with the DOM, and
 * `skipLibCheck` off. The number is the same on every machine. Throws when the program does not compile.
 */
export async function countInstantiations(folder: string, program: string): Promise<number> {
  const project = path.join(folder, "tsconfig.type-cost.json");
  await symlink(modules, path.join(folder, "node_modules"), "dir").catch(() => undefined);
  await writeFile(path.join(folder, "type-cost.ts"), program);
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2022", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
    module: "NodeNext",
    moduleResolution: "NodeNext",
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
  };
  await writeFile(project, JSON.stringify({ compilerOptions, files: ["type-cost.ts"] }));
  const output = await new Promise<string>((resolve) => {
    const argv = ["--max-old-space-size=4096", compilers["5.9"], "-p", project, "--extendedDiagnostics", "--pretty", "false"];
    execFile(process.execPath, argv, { maxBuffer: 1 << 26 }, (_error, stdout) => resolve(stdout));
  });
  const counted = /^Instantiations:\s+(\d+)$/m.exec(output)?.[1];
  if (counted === undefined || /error TS\d+/.test(output)) throw new Error(`The program does not compile:\n${output}`);
  return Number(counted);
}

/** Four calls against GitHub's API, in both styles; `sources` is the path from the program to the generated `src`. */
export const githubPrograms = {
  resource: (sources: string): string => `import { createClient } from "${sources}/index.js";
const client = createClient();
const repos = await client.repos.listForOrg("a");
const issues = await client.issues.listForRepo("a", "b", { state: "open" });
const created = await client.issues.create("a", "b", { title: "x" });
const user = await client.users.getByUsername("x");
console.log(repos[0]?.full_name, issues[0]?.title, created.number, user.login);
`,
  path: (sources: string): string => byPath(`${sources}/index.js`),
  ownPath: (sources: string): string => byPath(`${sources}/paths-client.js`),
};

function byPath(module: string): string {
  return `import { createClient } from "${module}";
const client = createClient();
const params = { path: { owner: "a", repo: "b" } };
const repos = await client.GET("/orgs/{org}/repos", { params: { path: { org: "a" } } });
const issues = await client.GET("/repos/{owner}/{repo}/issues", { params: { ...params, query: { state: "open" } } });
const created = await client.POST("/repos/{owner}/{repo}/issues", { params, body: { title: "x" } });
const user = await client.GET("/users/{username}", { params: { path: { username: "x" } } });
console.log(repos.data?.[0]?.full_name, issues.data?.[0]?.title, created.data?.number, user.data?.login);
`;
}
