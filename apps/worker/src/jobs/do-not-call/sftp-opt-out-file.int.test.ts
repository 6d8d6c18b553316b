import { mkdir, open, readFile, readdir } from "node:fs/promises";
import path from "node:path";
import type { Phone } from "@ringfence/core/people/phone";
import { aNumber } from "@ringfence/db/testing";
import { describe, expect, it } from "vitest";
import { anSftpOptOutFile } from "../../../testing/sftp-opt-out-file.ts";
import { aFolder } from "../../../testing/folder.ts";
import { noSshd, sshd } from "../../../testing/ssh-server.ts";

const header = "phone,scope,seller,purpose,effective_at,reference";
const changesIn = (folder: string) => anSftpOptOutFile({ content: "changes", path: folder });

describe.skipIf(sshd === undefined)(
  `a file of refusals${sshd ? "" : ` (left out: ${noSshd})`}`,
  // Each starts a server, which a busy machine is slow to do.
  { timeout: 60_000 },
  () => {
    it("exists from the start, and is replaced after each opt-out", async () => {
      const { connect, tell, refuse, readLines, list, folder } = await anSftpOptOutFile();
      const [early, late] = [aNumber(), aNumber()];
      await refuse(early);
      await connect();
      await tell();
      expect(await readLines(list)).toEqual([header, expect.stringMatching(`^\\${early},all,,,`)]);

      const before = await open(list);
      await refuse(late, { purpose: "marketing.loans" });
      await refuse(aNumber(), { profiling: true });
      await tell();
      expect(await readLines(list)).toEqual([
        header,
        expect.stringMatching(`^\\${early},all,,,`),
        expect.stringMatching(`^\\${late},purpose,,marketing.loans,`),
      ]);
      // A reader who had the file open still has the whole previous list.
      expect(await before.readFile("utf8")).not.toContain(late);
      await before.close();
      expect(await readdir(folder)).toEqual(["stop.csv"]);
    });

    it("replaces nothing if only part of it can be written", async () => {
      const { connect, tell, refuse, deliveries, list } = await anSftpOptOutFile({ mostKiB: 1 });
      await refuse();
      await connect();
      await tell();
      const before = await readFile(list, "utf8");

      for (let n = 0; n < 30; n++) await refuse();
      await tell();
      expect(await readFile(list, "utf8")).toBe(before);
      const [, ...later] = await deliveries();
      expect(later).toHaveLength(30);
      expect(new Set(later.map(({ status }) => status))).toEqual(new Set(["pending"]));
    });

    it("covers all waiting changes, and all phones of the person", async () => {
      const { connect, tell, refuse, readLines, list, deliveries, tieTo } =
        await anSftpOptOutFile();
      await connect();
      const [phone, other] = [aNumber(), aNumber()];
      await tieTo(phone, other);
      await refuse(phone);
      await refuse();
      await tell();
      const lines = await readLines(list);
      expect(lines.map((line) => line.split(",")[0])).toEqual(
        expect.arrayContaining(["phone", phone, other]),
      );
      expect(lines).toHaveLength(4);
      expect(await deliveries()).toMatchObject(
        Array.from({ length: 3 }, () => ({ status: "delivered", outcome: { status: 200 } })),
      );
    });

    it("holds all blocked numbers, and is rewritten for a new registry edition", async () => {
      const { connect, tell, refuse, readLines, list, tieTo, publishList } = await anSftpOptOutFile(
        {
          content: "blocked",
        },
      );
      await tieTo(aNumber(), "+18185550001" as Phone);
      await connect();
      await tell();
      expect(await readLines(list)).toEqual([header]);
      await publishList(["+18185550001", "+18185550002"]);
      const phone = aNumber();
      await refuse(phone);
      await tell();
      const [head, ...lines] = await readLines(list);
      expect([head, lines.length]).toEqual([header, 2]);
      expect(lines).toContainEqual(expect.stringMatching(`^\\${phone},all,,,`));
      expect(lines.join()).toMatch(/\+18185550001,registry,,,[^,]*,US-FTC-DNC/);
      expect(lines.toSorted()).toEqual(lines);
    });

    it("holds only changes, under a new name, if so configured", async () => {
      const folder = await aFolder();
      const { connect, tell, refuse, readLines } = await changesIn(folder);
      await connect();
      await tell();
      expect(await readdir(folder)).toEqual([]);

      const [first, second] = [aNumber(), aNumber()];
      await refuse(first);
      await tell();
      await refuse(second, { purpose: "marketing" });
      await refuse(aNumber(), { profiling: true });
      await tell();
      const files = await readdir(folder);
      const told = await Promise.all(
        files.toSorted().map((file) => readLines(path.join(folder, file))),
      );
      expect(told).toEqual([
        [header, expect.stringMatching(`^\\${first},all,,,`)],
        [header, expect.stringMatching(`^\\${second},purpose,,marketing,`)],
      ]);
    });

    it("waits for the full hour if it is written hourly", async () => {
      const scenery = await anSftpOptOutFile({ every: "hour" });
      const { connect, tell, refuse, deliveries, dueIn, readLines, list } = scenery;
      await connect();
      await tell();
      await refuse();
      const [, waiting] = await deliveries();
      const wait = (waiting?.dueAt.getTime() ?? 0) - (waiting?.createdAt.getTime() ?? 0);
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(3_600_000);
      expect((waiting?.dueAt.getTime() ?? 1) % 3_600_000).toBe(0);

      // The hour may end before the delivery, which then waits for the next one.
      await dueIn(3_600_000);
      await tell();
      expect((await deliveries())[1]?.status).toBe("pending");
      expect(await readLines(list)).toEqual([header]);
      await dueIn(0);
      await tell();
      expect(await readLines(list)).toHaveLength(2);
    });

    it("goes only to the server with the pinned key, and reports another key", async () => {
      const hostKey = `SHA256:${"A".repeat(43)}`;
      const { connect, tell, server, faults, folder } = await anSftpOptOutFile({ hostKey });
      await connect();
      await tell();
      expect(await faults()).toEqual([{ fault: `host-key ${server.hostKey}` }]);
      expect(await readdir(folder)).toEqual([]);
    });

    it("reports that sign-in failed or that the host is not allowed", async () => {
      const refused = await anSftpOptOutFile({ secret: "password" });
      await refused.connect();
      await refused.tell();
      expect(await refused.faults()).toEqual([{ fault: "sign-in" }]);
      const inside = await anSftpOptOutFile({ privateHosts: [] });
      await inside.connect();
      await inside.tell();
      expect(await inside.faults()).toEqual([{ fault: "private-host" }]);
    });

    it("is retried, and then covers everything that has waited", async () => {
      const folder = path.join(await aFolder(), "incoming");
      const list = path.join(folder, "stop.csv");
      const { connect, tell, refuse, faults, deliveries, readLines } = await anSftpOptOutFile({
        path: list,
      });
      await connect();
      await tell();
      expect(await faults()).toEqual([{ fault: "no-folder" }]);

      await mkdir(folder);
      await refuse();
      await tell();
      expect(await readLines(list)).toHaveLength(2);
      expect((await deliveries()).map(({ status }) => status)).toEqual(["delivered", "delivered"]);
    });

    it("loses no waiting change, however many arrive meanwhile", async () => {
      const folder = path.join(await aFolder(), "incoming");
      const { connect, tell, refuse, deliveries, readLines } = await changesIn(folder);
      await connect();
      await tell();
      const phone = aNumber();
      await refuse(phone);
      await tell();
      for (let more = 0; more < 12; more++) {
        await refuse();
        await tell();
      }
      const [, ...waiting] = await deliveries();
      expect(waiting.map(({ status }) => status)).toEqual(Array(13).fill("pending"));

      await mkdir(folder);
      await refuse();
      await tell();
      const [file = "", ...more] = await readdir(folder);
      expect(more).toEqual([]);
      const lines = await readLines(path.join(folder, file));
      expect(lines).toHaveLength(15);
      expect(lines).toContainEqual(expect.stringContaining(phone));
    });
  },
);
