import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { createHash, createSecretKey } from "node:crypto";
import { OrganizationId, ScrubId, SellerId } from "@ringfence/core/ids";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { bundledLaw } from "@ringfence/core/people/jurisdiction";
import { expect, it, vi } from "vitest";
import { rootOfRows } from "../../../../testing/row-tree.ts";
import { createFileScreening, screenInThreads } from "./screen-file.ts";
import { createFactStore } from "./fact-store.ts";
import { planFile } from "./plan-file.ts";
import { createRowTree } from "./row-tree.ts";
import type { ScreeningBasis } from "./screen-rows.ts";

const plan = planFile(Buffer.from("phone\n"), true, { header: true, phoneColumn: "1" }, "US");
const scrubId = ScrubId.parse("01900000-0000-7000-8000-000000000001");

const seller = {
  id: SellerId.parse("01900000-0000-7000-8000-000000000002"),
  key: "acme",
  sector: "other",
  consentPolicy: "opt_in",
} as const;
const purpose = { key: PurposeKey.parse("marketing"), kind: "promotional" } as const;
const settings = {
  homeRegion: "US",
  dialer: "live_agent",
  hours: null,
  hasErasedPhones: false,
  sellers: [seller],
  purposes: [purpose],
  registries: null,
  warnOnly: [],
  emergencies: [],
  law: bundledLaw,
  policies: [],
} as const;

/** A snapshot without any facts about people. */
const nobodyKnown = {
  scrubId,
  snapshot: {
    organizationId: OrganizationId.parse("01900000-0000-7000-8000-000000000003"),
    at: new Date("2026-11-25T17:00:00Z"),
    isWhatIf: false,
    settings,
    history: null,
    own: createFactStore(),
    registries: [],
  },
  call: { at: null, campaign: null, dialer: "live_agent", purpose, seller, lifeSeconds: 60 },
  phoneSecret: [createSecretKey(Buffer.alloc(32))],
} as unknown as ScreeningBasis;

async function* toChunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

async function* broken() {
  yield Buffer.from("phone\n12\n");
  throw new Error("disk gone");
}

/** Screens a file in threads, unless `bytes` says that the file is small. */
async function collectResult(
  content: AsyncIterable<Uint8Array>,
  { by = nobodyKnown, bytes = Number.POSITIVE_INFINITY } = {},
) {
  const written: Uint8Array[] = [];
  const hasher = createRowTree();
  const file = createFileScreening(content, plan, bytes);
  try {
    for await (const done of file.screened(by)) {
      if ("counts" in done) {
        return { ...done, text: Buffer.concat(written).toString(), root: hasher.root() };
      }
      written.push(Buffer.from(done.written)); // a piece stands only for a while
      if ("subtrees" in done) for (const subtree of done.subtrees) hasher.add(subtree);
    }
  } finally {
    await file.stop();
  }
  throw new Error("it never came to an end");
}

it("ignores foreign messages under `node --watch`", async () => {
  vi.stubEnv("WATCH_REPORT_DEPENDENCIES", "1");
  const { text, inputHash, counts } = await collectResult(toChunks("pho", "ne\n12", "\n"));
  vi.unstubAllEnvs();

  expect(text).toBe(
    `phone,verdict,reasons,callable_from,screening_id\n12,refuse,number-invalid,,${scrubId}.1\n`,
  );
  expect(Buffer.from(inputHash)).toEqual(createHash("sha256").update("phone\n12\n").digest());
  expect(counts).toEqual({
    allow: 0,
    refuse: 1,
    callableLater: 0,
    reasons: { "number-invalid": 1 },
  });
});

it("returns rows in order whichever thread screened them, with one tree over all", async () => {
  const phones = Array.from({ length: 100_000 }, (_, row) => `+1202555${1_000 + (row % 9_000)}`);
  const { text, counts, root } = await collectResult(toChunks("phone\n", phones.join("\n")));

  const [, ...rows] = text.split(/(?<=\n)/);
  expect(rows.map((row) => row.split(",")[0])).toEqual(phones);
  expect(rows.map((row) => row.trimEnd().split(",").at(-1))).toEqual(
    phones.map((_, row) => `${scrubId}.${row + 1}`),
  );
  expect(counts).toMatchObject({ refuse: 100_000, reasons: { "consent-missing": 100_000 } });
  expect(root).toEqual(rootOfRows(rows.map((row) => Buffer.from(row))));
});

it("gives the same result for a small file, without a thread", async () => {
  const phones = Array.from({ length: 30_000 }, (_, row) => `+1202555${1_000 + (row % 9_000)}`);
  const [inThreads, here] = await Promise.all(
    [Number.POSITIVE_INFINITY, 1_000].map((bytes) =>
      collectResult(toChunks("phone\n12\n", phones.join("\n")), { bytes }),
    ),
  );
  expect(here).toEqual(inThreads);
});

it("fails if a thread fails", async () => {
  const { snapshot } = nobodyKnown;
  const nothing = { ...snapshot, settings: { ...snapshot.settings, sellers: undefined } };
  const by = { ...nobodyKnown, snapshot: { ...nothing, own: { ...snapshot.own, phones: null } } };
  await expect(
    collectResult(toChunks("phone\n12\n"), { by: by as unknown as ScreeningBasis }),
  ).rejects.toThrow("null");
});

it("fails if the file cannot be read further", async () => {
  await expect(collectResult(broken())).rejects.toThrow("disk gone");
});

/** Rows and bytes of one piece. In memory, a row takes 20 bytes more. */
const [rowsOfPiece, bytesOfPiece] = [21_000, 21_000 * 33];
const ahead = 10 * bytesOfPiece;

function aLongFile() {
  let asked = 0;
  async function* endless() {
    for (;;) {
      asked++;
      yield Buffer.from("+12025550100\n".repeat(rowsOfPiece));
    }
  }
  return {
    file: screenInThreads(endless(), plan, ahead),
    asked: () => asked,
  };
}

it("stops reading when nobody takes the result", async () => {
  const { file, asked } = aLongFile();
  await file.screened(nobodyKnown).next();
  await file.stop();
  const before = asked();
  await new Promise(setImmediate);
  expect(asked()).toBe(before);
});

const usualPriority = getPriority();

it.runIf(process.platform === "linux" && usualPriority < 10)(
  "lets other work go before its threads",
  async () => {
    const { file } = aLongFile();
    await file.screened(nobodyKnown).next();
    const countLow = () =>
      readdirSync("/proc/self/task").filter((thread) => readNiceness(thread) === 10).length;
    // The second thread may still be starting.
    await vi.waitFor(() => expect(countLow()).toBe(2), { timeout: 20_000 });
    await file.stop();
    expect(readNiceness(String(process.pid))).toBe(usualPriority);
  },
);

/** Reads the nice value of a thread of this process: field 19 of its state (proc_pid_stat(5)). */
function readNiceness(thread: string): number {
  const afterName = readFileSync(`/proc/self/task/${thread}/stat`, "utf8").split(") ").at(-1);
  return Number(afterName?.split(" ")[16]);
}

it("reads ahead up to its limit", async () => {
  const { file, asked } = aLongFile();
  let before = 0;
  const isStill = () => {
    const last = before;
    before = asked();
    expect([before > 10, before]).toEqual([true, last]);
  };
  await vi.waitFor(isStill, { interval: 500, timeout: 20_000 });
  await file.stop();
  expect(before).toBeLessThan(10 + 20); // what lies unread, and not in rows yet
});
