import { readNote } from "@ringfence/core/proof/ledger";
import type { Certificate } from "pkijs";
import { expect, it } from "vitest";
import { aLedger, asIntruder, growBy } from "../../../testing/ledger.ts";
import { keys } from "../../../testing/scenes.ts";
import { aTimestampAuthority } from "../../../testing/timestamp-authority.ts";
import { parseRootCertificates, timestampCheckpoint } from "./timestamp-checkpoint.ts";

async function scene(authorized: { usage?: string } = {}) {
  const { db, sign } = await aLedger();
  const authority = await aTimestampAuthority(authorized);
  await growBy(db, 3);
  await sign();
  const tokens = async () => {
    const { rows } = await db.pool.query<{ token: Buffer; note: string }>(
      "SELECT token, note FROM ledger.tsa_token JOIN ledger.checkpoint USING (log_id, size)",
    );
    return rows;
  };
  const stamp = (roots: readonly Certificate[] = parseRootCertificates(authority.root)) =>
    timestampCheckpoint({ db, keys }, { url: authority.url, roots });
  const grow = async () => {
    await growBy(db, 1, 3);
    await sign();
  };
  return { db, authority, stamp, tokens, grow };
}

const failed = (fault: string) => ({
  outcome: "failed",
  fault: { key: `ledger.not-stamped-${fault}` },
});

it("gets a time stamp on the checkpoint that openssl verifies", async () => {
  const { authority, stamp, tokens } = await scene();
  expect(await stamp()).toMatchObject({ outcome: "stamped", size: 3 });
  expect(await stamp()).toEqual({ outcome: "unchanged" });

  const { token, note } = (await tokens())[0] ?? { token: Buffer.of(), note: "" };
  const text = readNote(note)?.text ?? "";
  expect(authority.verify(token, text)).toContain("Verification: OK");
  expect(() => authority.verify(token, text.replace("3", "4"))).toThrow(/ts -verify/);
});

it("asks again when the last stamp is an hour old", async () => {
  const { db, stamp, grow } = await scene();
  await stamp();
  await grow();
  expect(await stamp()).toEqual({ outcome: "unchanged" });
  await asIntruder(db, "UPDATE ledger.tsa_token SET at = at - interval '61 minutes'");
  expect(await stamp()).toMatchObject({ outcome: "stamped", size: 4 });
});

it("takes no stamp for another text", async () => {
  const { authority, stamp, tokens } = await scene();
  // The 32 bytes of the imprint follow their tag and their length.
  authority.meddle((query) => {
    const at = Buffer.from(query).indexOf(Buffer.of(0x04, 0x20)) + 2;
    return query.with(at, (query[at] ?? 0) ^ 1);
  });
  expect(await stamp()).toMatchObject(failed("other-imprint"));
  expect(await tokens()).toEqual([]);
});

it("takes no stamp that answers another question", async () => {
  const { authority, stamp } = await scene();
  authority.meddle((query) => {
    const at = Buffer.from(query).indexOf(Buffer.of(0x02, 0x11, 0x01)) + 5;
    return query.with(at, (query[at] ?? 0) ^ 1);
  });
  expect(await stamp()).toMatchObject(failed("other-imprint"));
});

it("takes no stamp whose certificate leads to none of the roots", async () => {
  const { stamp } = await scene();
  const stranger = await aTimestampAuthority();
  expect(await stamp(parseRootCertificates(stranger.root))).toMatchObject(failed("not-signed"));
});

it.each(["timeStamping", "critical, serverAuth", "critical, timeStamping, serverAuth"])(
  "takes no stamp of a certificate for %s, which verifiers refuse",
  async (usage) => {
    const { stamp, tokens } = await scene({ usage });
    expect(await stamp()).toMatchObject(failed("not-signed"));
    expect(await stamp([])).toMatchObject(failed("not-signed"));
    expect(await tokens()).toEqual([]);
  },
);

it("reports when the authority refuses", async () => {
  const { authority, stamp } = await scene();
  authority.meddle(() => Buffer.from("no question"));
  expect(await stamp()).toMatchObject(failed("not-granted"));
});
