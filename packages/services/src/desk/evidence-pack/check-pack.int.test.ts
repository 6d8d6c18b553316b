import { generateKeyPairSync } from "node:crypto";
import { checkPack } from "@ringfence/core/proof/pack";
import { unzipSync, zipSync } from "fflate";
import { verify } from "ringfence-verify";
import { beforeAll, describe, expect, it } from "vitest";
import { parseSigningKey } from "../../platform/keys/signing-key.ts";
import { readLogPolicy } from "../../proof/ledger/policy.ts";
import { sealPack } from "./seal-pack.ts";
import {
  type Files,
  aPackCase,
  buildVerifier,
  publishedKeys,
  readText,
  requireWitness,
} from "../../../testing/evidence-packs.ts";

beforeAll(buildVerifier);

describe("whoever changes a pack", () => {
  /** Changes a pack that is genuine, and checks it. */
  const check = async (change: (files: Files, screeningPath: string) => void) => {
    const { ctx, make, publish, screening } = await aPackCase();
    await publish();
    const files = await make();
    const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(files) };
    expect(checkPack(files, trust).verdict).toBe("holds");
    change(files, `past/screenings/${screening.id}.json`);
    const { verdict, steps } = checkPack(files, trust);
    return { verdict, failed: steps.filter(({ outcome }) => outcome === "failed") };
  };
  const edit = (files: Files, name: string, from: string | RegExp, to: string) => {
    const text = readText(files, name);
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    files.set(name, new TextEncoder().encode(changed));
  };

  it("cannot change a file", async () => {
    const { verdict, failed } = await check((files) =>
      edit(files, "complaint.json", "dinner", "noon"),
    );
    expect(verdict).toBe("broken");
    expect(failed[0]?.message).toEqual({
      key: "verify.pack.file-changed",
      values: { file: "complaint.json" },
    });
  });

  it("cannot add one", async () => {
    const { failed } = await check((files) => files.set("past/calls/x.json", new Uint8Array([1])));
    expect(failed[0]?.message.key).toBe("verify.pack.file-added");
  });

  it("cannot take one away", async () => {
    const { failed } = await check((files, screeningPath) => files.delete(screeningPath));
    expect(failed[0]?.message.key).toBe("verify.pack.file-missing");
  });

  it("cannot change the list of files", async () => {
    const { verdict } = await check((files) =>
      edit(files, "manifest.json", /"bytes":\d/, '"bytes":9'),
    );
    expect(verdict).toBe("broken");
  });

  it("is not taken for the issuer by a reader who has the policy of the log alone", async () => {
    const { ctx, make, publish, open } = await aPackCase();
    await publish();
    const files = await make();
    const policy = await readLogPolicy(ctx.db);
    expect(checkPack(files, { policy, keys: publishedKeys(files) }).anchor).toBe("reader");
    // Their own keys are in the pack as if they were the issuer's.
    files.delete("manifest.json");
    files.delete("manifest.jws");
    edit(files, "complaint.json", "dinner", "noon");
    const stranger = generateKeyPairSync("ed25519").privateKey.export({
      type: "pkcs8",
      format: "pem",
    });
    const key = parseSigningKey(stranger.toString());
    const [own] = JSON.parse(publishedKeys(files)).keys;
    const keys = { keys: [own, { kty: "OKP", crv: "Ed25519", x: key.x, kid: key.id }] };
    files.set("keys/jwks.json", new TextEncoder().encode(JSON.stringify(keys)));
    const { zip } = sealPack(
      { ...ctx, keys: { ...(await open()), statement: key }, now: new Date() },
      files,
    );
    const forged = new Map(Object.entries(unzipSync(zip)));
    expect(checkPack(forged, { policy })).toMatchObject({ verdict: "holds", anchor: "file" });
  });

  it("cannot sign the list with a key of their own", async () => {
    const { failed } = await check((files) => {
      const [, payload = "", signature = ""] = readText(files, "manifest.jws").split(".");
      const kid = "A".repeat(43);
      const head = JSON.stringify({ alg: "EdDSA", typ: "ringfence-pack+jwt", kid });
      const jws = [Buffer.from(head).toString("base64url"), payload, signature].join(".");
      files.set("manifest.jws", new TextEncoder().encode(jws));
    });
    expect(failed[0]?.message.key).toBe("verify.signature-stranger");
  });
});

describe("even the issuer", () => {
  it("cannot change a record, a statement, a rule or a proof and sign the list again", async () => {
    const { ctx, make, publish, screening } = await aPackCase();
    await publish();
    const whole = await make();
    const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(whole) };
    const law = [...whole.keys()].find((name) => name.startsWith("past/law/")) ?? "";
    const proof = [...whole.keys()].find((name) => /^proofs\/.*\.json$/.test(name)) ?? "";
    const certificate = [...whole.keys()].find((name) => name.startsWith("certificates/")) ?? "";
    const statement = [...whole.keys()].find((name) => name.startsWith("past/statements/")) ?? "";
    const unsignedClaim = Buffer.from('["salt","note","They agreed."]').toString("base64url");
    type Replacement = string | ((text: string) => string);
    const forge = async (name: string, from: string | RegExp, to: Replacement) => {
      const files = new Map(whole);
      files.delete("manifest.json");
      files.delete("manifest.jws");
      const text = readText(files, name);
      const changed = typeof to === "string" ? text.replace(from, to) : text.replace(from, to);
      expect(changed).not.toBe(text);
      files.set(name, new TextEncoder().encode(changed));
      const { zip } = sealPack({ ...ctx, now: new Date() }, files);
      return verify(zip, trust);
    };
    const record = `past/screenings/${screening.id}.json`;
    const unchanged = await forge("README.txt", "EVIDENCE", "Evidence");
    expect(unchanged.verdict).toBe("holds");
    const failed = async (...how: Parameters<typeof forge>) =>
      (await forge(...how)).steps
        .filter(({ outcome }) => outcome === "failed")
        .map(({ step }) => step);
    expect(await failed(record, /"verdict":"\w+"/, '"verdict":"other"')).toEqual(["records"]);
    expect(await failed(statement, /^[^.]+\.[^.]+/, (jwt) => `${jwt}A`)).toEqual(["statements"]);
    expect(await failed(statement, /~$/, `~${unsignedClaim}~`)).toEqual(["statements"]);
    expect(await failed(law, /"as_of"|"asOf"/, '"as__of"')).toEqual(["law"]);
    expect(await failed(proof, /"leaf": ".{40}/, '"leaf": "')).toContain("inclusion");
    expect(await failed(certificate, /"statement": "./, '"statement": "x')).toEqual([
      "certificates",
    ]);
  });

  it("cannot leave out a statement's proof, the rules below others, or what followed a consent", async () => {
    const { ctx, make, publish, consentId } = await aPackCase();
    await publish();
    const whole = await make();
    const trust = { policy: await readLogPolicy(ctx.db), keys: publishedKeys(whole) };
    const check = (change: (files: Files) => void) => {
      const files = new Map(whole);
      files.delete("manifest.json");
      files.delete("manifest.jws");
      change(files);
      const { zip } = sealPack({ ...ctx, now: new Date() }, files);
      return checkPack(new Map(Object.entries(unzipSync(zip))), trust);
    };
    const findStep = ({ steps }: ReturnType<typeof checkPack>, name: string) =>
      steps.find(({ step }) => step === name);
    const statement = [...whole.keys()].find((name) => name.startsWith("past/statements/")) ?? "";
    const proof = statement.replace("past/statements/", "proofs/").replace(".txt", ".json");
    expect(
      findStep(
        check((files) => files.delete(proof)),
        "statements",
      ),
    ).toMatchObject({
      outcome: "failed",
    });
    const cut = check((files) => {
      const name = `certificates/${consentId}.json`;
      const certificate = JSON.parse(readText(files, name));
      const { chainHead: _, ...rest } = { ...certificate, later: [] };
      files.set(name, new TextEncoder().encode(JSON.stringify(rest)));
    });
    expect(cut.verdict).toBe("unclear");
    expect(findStep(cut, "certificates")?.message).toEqual({
      key: "verify.pack.certificate-unclear",
      values: { file: `certificates/${consentId}.json` },
    });
    const laws = [...whole.keys()].filter((name) => name.startsWith("past/law/"));
    for (const law of laws) {
      expect(
        findStep(
          check((files) => files.delete(law)),
          "law",
        )?.outcome,
      ).toBe("absent");
    }
  });

  it("is not taken for proven as long as too few witnesses have confirmed the log", async () => {
    const { ctx, make, publish } = await aPackCase();
    await publish();
    const files = await make();
    const policy = requireWitness(await readLogPolicy(ctx.db));
    const { verdict, steps } = checkPack(files, { policy, keys: publishedKeys(files) });
    expect(verdict).toBe("promised");
    expect(steps.find(({ step }) => step === "inclusion")?.message.key).toBe(
      "verify.pack.not-witnessed",
    );
  });

  it("cannot hide a file in a ZIP by giving it the name of another one or of no property", async () => {
    const { make } = await aPackCase();
    const files = await make();
    const zipped = (name: string, rename: string) => {
      const zip = zipSync(
        { ...Object.fromEntries(files), [name]: new Uint8Array([1]) },
        { level: 0 },
      );
      // The new name has the same length, so nothing else of the ZIP changes.
      const text = Buffer.from(zip).toString("latin1").replaceAll(name, rename);
      return verify(new Uint8Array(Buffer.from(text, "latin1")));
    };
    expect(await verify(zipSync(Object.fromEntries(files)))).toMatchObject({ verdict: "promised" });
    for (const verification of [
      await zipped("complaint.jsox", "complaint.json"),
      await zipped("past/xxxx", "__proto__"),
    ]) {
      expect(verification.verdict).toBe("broken");
      expect(verification.steps.map(({ message }) => message.key)).toContain(
        "verify.pack.zip-broken",
      );
    }
  });
});
