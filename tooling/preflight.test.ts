import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { folderFaults, nodeFaults, portFaults } from "./preflight.js";

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-preflight-"));
const taken = createServer();
beforeAll(() => new Promise<void>((resolve) => void taken.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  taken.close();
  rmSync(folder, { recursive: true });
});

const readPort = (server: Server) => {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

it.each([
  ["18.20.4", 1],
  ["20.0.0", 0],
  ["24.21.0", 0],
])("judges Node %s", (version, faults) => {
  expect(nodeFaults(version)).toHaveLength(faults);
});

it("names the port that is taken, and the variable that changes it", async () => {
  const port = readPort(taken);
  expect(await portFaults("127.0.0.1", { WEB_PORT: port }, 0)).toEqual([
    expect.stringMatching(new RegExp(`^Port ${port} is in use.*WEB_PORT=${port + 1}`)),
  ]);
});

it("waits for a port that is about to become free", async () => {
  const closing = createServer();
  await new Promise<void>((resolve) => void closing.listen(0, "127.0.0.1", resolve));
  const faults = portFaults("127.0.0.1", { WEB_PORT: readPort(closing) }, 10_000);
  closing.close();
  expect(await faults).toEqual([]);
});

it("notices equal ports, and an address that is not this machine's", async () => {
  const port = readPort(taken) === 40_001 ? 40_002 : 40_001;
  expect(await portFaults("127.0.0.1", { WEB_PORT: port, API_PORT: port }, 0)).toContainEqual(
    expect.stringContaining("WEB_PORT and API_PORT are the same port"),
  );
  expect(await portFaults("192.0.2.1", { API_PORT: port }, 0)).toEqual([
    expect.stringContaining("may not listen on 192.0.2.1"),
  ]);
});

it("reports how much space there is, and how much is needed", () => {
  expect(folderFaults(folder, 0)).toEqual([]);
  expect(folderFaults(folder, 2 ** 60)).toEqual([
    expect.stringMatching(/has [\d.]+ GiB of free space left.*needs 1073741824\.0 GiB/),
  ]);
});

it.skipIf(process.getuid?.() === 0)("says that a folder cannot be written", () => {
  chmodSync(folder, 0o500);
  expect(folderFaults(folder, 0)).toEqual([expect.stringMatching(/cannot be written/)]);
});

it("says that a folder which is not there cannot be written", () => {
  expect(folderFaults(path.join(folder, "missing"), 0)).toEqual([
    expect.stringMatching(/missing cannot be written/),
  ]);
});
