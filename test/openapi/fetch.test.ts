import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, test } from "vitest";
import { createFetcher, fetchLimits, type Fetcher, type FetchLimits } from "../../generator/openapi/load/fetch.ts";
import type { FetchPolicy } from "../../generator/openapi/load/fetch-policy.ts";
import { isPublicAddress } from "../../generator/openapi/load/private-address.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(answer: RequestListener): Promise<{ readonly port: number; readonly asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, asked };
}

const here: FetchPolicy = { lookup: () => Promise.resolve(["127.0.0.1"]) };

function fetcher(policy: FetchPolicy = here, limits: Partial<FetchLimits> = {}): Fetcher {
  return createFetcher(policy, { ...fetchLimits, ...limits });
}

test.each([
  ["8.8.8.8", true],
  ["2606:4700::1111", true],
  ["::ffff:8.8.8.8", true],
  ["64:ff9b::808:808", true],
  ["127.0.0.1", false],
  ["0.0.0.0", false],
  ["10.1.2.3", false],
  ["100.100.100.200", false],
  ["169.254.169.254", false],
  ["168.63.129.16", false],
  ["172.31.255.255", false],
  ["192.168.0.1", false],
  ["224.0.0.1", false],
  ["255.255.255.255", false],
  ["::", false],
  ["::1", false],
  ["::ffff:127.0.0.1", false],
  ["::ffff:7f00:1", false],
  ["64:ff9b::a00:1", false],
  ["64:ff9b::", false],
  ["2002:7f00:1::", false],
  ["fd00:ec2::254", false],
  ["fe80::1%eth0", false],
  ["ff02::1", false],
  ["2001:db8::1", false],
  ["no address", false],
])("of the public internet is %s: %s", (address, expected) => expect(isPublicAddress(address)).toBe(expected));

describe("what a document may reach", () => {
  it.each([
    ["https://localhost/a", "localhost is a name of a private network"],
    ["https://specs.internal/a", "specs.internal is a name of a private network"],
    ["https://printer.local./a", "printer.local. is a name of a private network"],
    ["https://wiki/a", "wiki is a name of a private network"],
    ["https://2130706433/a", "127.0.0.1 is no public address"],
    ["https://0x7f.1/a", "127.0.0.1 is no public address"],
    ["https://0177.0.0.1/a", "127.0.0.1 is no public address"],
    ["https://[::1]/a", "::1 is no public address"],
    ["https://[::ffff:169.254.169.254]/a", "::ffff:a9fe:a9fe is no public address"],
    ["https://public.example/a", "public.example is at 127.0.0.1, which is no public address"],
    ["http://8.8.8.8/a", "a reference is fetched over https only"],
    ["https://user:pass@public.example/a", "it holds credentials"],
    ["ftp://public.example/a", "only http and https are fetched"],
  ])("%s is refused", async (url, message) => {
    await expect(fetcher().read(url)).rejects.toMatchObject({ name: "FetchError", refused: true, message });
  });

  it("judges a name by all of its addresses", async () => {
    const lookup = () => Promise.resolve(["8.8.8.8", "10.0.0.1"]);
    await expect(fetcher({ lookup }).read("https://public.example/a")).rejects.toThrow("is at 10.0.0.1");
  });

  it("asks the address that was checked, whatever the name means later", async () => {
    const { port } = await listen((_, response) => response.end("text"));
    const answers = [["127.0.0.1"], ["8.8.8.8"]];
    const lookup = () => Promise.resolve(answers.shift() ?? []);
    expect(await fetcher({ lookup, allowHosts: ["specs.example"] }).read(`http://specs.example:${port}/a`)).toBe("text");
    expect(answers).toHaveLength(1);
  });

  it("lets the user's own URL, what is beside it, and allowed hosts be private", async () => {
    const { port, asked } = await listen((request, response) => response.end(request.url));
    const own = fetcher();
    const entry = own.typed(`http://localhost:${port}/openapi.yaml`);
    await expect(own.read(`http://localhost:${port}/b`)).rejects.toThrow("is a name of a private network");
    expect(await own.read(entry)).toBe("/openapi.yaml");
    expect(await own.read(`http://localhost:${port}/c`)).toBe("/c");
    await expect(own.read(`http://127.0.0.1:${port}/c`)).rejects.toThrow("127.0.0.1 is no public address");
    for (const host of ["specs.internal", `specs.internal:${port}`, "SPECS.internal"])
      expect(await fetcher({ ...here, allowHosts: [host] }).read(`http://specs.internal:${port}/d`)).toBe("/d");
    await expect(
      fetcher({ ...here, allowHosts: ["specs.internal:1"] }).read(`http://specs.internal:${port}/d`),
    ).rejects.toThrow();
    expect(asked.map((request) => request.url)).toEqual(["/openapi.yaml", "/c", "/d", "/d", "/d"]);
  });

  it("checks where a redirect leads, the user's own included", async () => {
    const { port, asked } = await listen((request, response) => {
      const to = request.url === "/step" ? "http://169.254.169.254/latest?token=abc" : "/step";
      response.writeHead(302, { location: to }).end();
    });
    const own = fetcher();
    await expect(own.read(own.typed(`http://localhost:${port}/openapi.yaml`))).rejects.toMatchObject({
      refused: true,
      message: "it redirects to http://169.254.169.254/latest?token=…, and 169.254.169.254 is no public address",
    });
    expect(asked).toHaveLength(2);
  });

  it("does not let a public origin of the user turn private", async () => {
    const answers = [["93.184.216.34"], ["127.0.0.1"]];
    const lookup = () => Promise.resolve(answers.shift() ?? []);
    const own = fetcher({ lookup }, { documentTime: 50 });
    await expect(own.read(own.typed("https://public.example/openapi.yaml"))).rejects.toThrow();
    await expect(own.read("https://public.example/latest")).rejects.toThrow("public.example is at 127.0.0.1");
  });

  it("sends credentials to their own origin, and nowhere else", async () => {
    const other = await listen((_, response) => response.end("other"));
    const { port, asked } = await listen((request, response) => {
      if (request.url === "/away") response.writeHead(307, { location: `http://localhost:${other.port}/` }).end();
      else response.end("own");
    });
    const own = fetcher({ ...here, allowHosts: [`localhost:${other.port}`] });
    const entry = own.typed(`http://reader:se%20cret@localhost:${port}/openapi.yaml`);
    expect(entry).toBe(`http://localhost:${port}/openapi.yaml`);
    expect(await own.read(entry)).toBe("own");
    expect(await own.read(`http://localhost:${port}/away`)).toBe("other");
    const basic = `Basic ${btoa("reader:se cret")}`;
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([basic, basic]);
    expect(other.asked.map(({ headers }) => [headers.authorization, headers.cookie])).toEqual([[undefined, undefined]]);
  });
});

describe("what an answer may be", () => {
  const local = async (answer: RequestListener, limits: Partial<FetchLimits> = {}): Promise<string> => {
    const { port } = await listen(answer);
    const own = fetcher(here, limits);
    return own.read(own.typed(`http://localhost:${port}/a`));
  };
  const bomb = Buffer.alloc(2 ** 20, "a");

  it("is unpacked", async () => {
    const packed = { gzip: gzipSync("text"), deflate: deflateSync("text"), br: brotliCompressSync("text") };
    for (const [encoding, body] of Object.entries(packed))
      expect(await local((_, response) => response.setHeader("content-encoding", encoding).end(body))).toBe("text");
    await expect(local((_, response) => response.setHeader("content-encoding", "zstd").end("x"))).rejects.toThrow(
      'its encoding "zstd" is not known',
    );
    await expect(local((_, response) => response.setHeader("content-encoding", "gzip").end("no gzip"))).rejects.toThrow("header");
  });

  it("is no error", async () => {
    await expect(local((_, response) => response.writeHead(404).end("gone"))).rejects.toThrow("status 404");
    await expect(local((request) => request.socket.destroy())).rejects.toThrow("socket hang up");
  });

  it("has an end: of size, packed or not, in one document or in all", async () => {
    const documentBytes = 2 ** 18;
    await expect(local((_, response) => response.end(bomb), { documentBytes })).rejects.toThrow("it is larger than 0.25 MiB");
    const gzip = gzipSync(bomb);
    expect(gzip.length).toBeLessThan(2000);
    await expect(
      local((_, response) => response.setHeader("content-encoding", "gzip").end(gzip), { documentBytes }),
    ).rejects.toThrow("it is larger than 0.25 MiB");
    const endless: RequestListener = (_, response) => {
      const more = (): void => void (response.write(bomb) ? setImmediate(more) : response.once("drain", more));
      more();
    };
    await expect(local(endless, { documentBytes })).rejects.toThrow("it is larger than 0.25 MiB");
    const { port } = await listen((_, response) => response.end(bomb));
    const own = fetcher(here, { totalBytes: 2.5 * 2 ** 20, documents: 4 });
    await own.read(own.typed(`http://localhost:${port}/1`));
    await own.read(`http://localhost:${port}/2`);
    await own.read(`http://localhost:${port}/2`);
    await expect(own.read(`http://localhost:${port}/3`)).rejects.toThrow("all documents together are larger than 2.5 MiB");
    await expect(own.read(`http://localhost:${port}/4`)).rejects.toThrow();
    await expect(own.read(`http://localhost:${port}/5`)).rejects.toThrow("more than 4 documents were asked for");
  });

  it("has an end in time, silent or slow, and in its redirects", async () => {
    await expect(local(() => {}, { idleTime: 50 })).rejects.toThrow("no answer for 0.05 s");
    await expect(local((_, response) => void response.write("a"), { idleTime: 50 })).rejects.toThrow("no answer for 0.05 s");
    const slow: RequestListener = (_, response) => {
      const timer = setInterval(() => response.write("a"), 10);
      response.on("close", () => clearInterval(timer));
    };
    await expect(local(slow, { documentTime: 200 })).rejects.toThrow("it took longer than 0.2 s");
    const stuck = fetcher({ lookup: () => new Promise(() => {}) }, { documentTime: 50 });
    await expect(stuck.read("https://public.example/")).rejects.toThrow("it took longer than 0.05 s");
    await expect(local((_, response) => response.writeHead(301, { location: "/a" }).end())).rejects.toThrow(
      "it redirects more than 5 times",
    );
  });
});
