import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { aFolder } from "@ringfence/db/testing";
import { registerPublicKey } from "@ringfence/services/account/api-key";
import { aCallablePhone } from "@ringfence/services/testing/phones";
import { aKeyPair } from "@ringfence/services/testing/public-keys";
import getPort from "get-port";
import { expect, it } from "vitest";
import { aKey, aListeningServer } from "../../testing/listening.ts";

const run = promisify(execFile);
const example = path.resolve(import.meta.dirname, "../../../../docs/examples/signed-screening.mjs");

it("accepts the request of the example in the docs, but not with another public key registered", async () => {
  const port = await getPort();
  const apiUrl = `http://127.0.0.1:${port}`;
  await aListeningServer({ apiUrl }, port);
  const { ctx, id: apiKeyId, key } = await aKey("screen");
  const { phone } = await aCallablePhone(ctx);
  const { pem, privateKey } = aKeyPair();
  const file = path.join(aFolder(), "private.pem");
  writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }));
  const screen = async (key: string) => {
    const settings = { RINGFENCE_URL: apiUrl, RINGFENCE_KEY: key, RINGFENCE_PRIVATE_KEY: file };
    const { stdout } = await run(process.execPath, [example, phone, "marketing.loans"], {
      env: { ...process.env, ...settings },
    }).catch((error: { stdout: string }) => error);
    return JSON.parse(stdout);
  };

  await registerPublicKey(ctx, { apiKeyId, publicKey: pem });
  expect(await screen(key)).toMatchObject({ verdict: "allow", phone });
  expect(await screen(key)).toMatchObject({ verdict: "allow", phone });
  const other = await aKey("screen");
  await registerPublicKey(other.ctx, { apiKeyId: other.id, publicKey: aKeyPair().pem });
  expect(await screen(other.key)).toMatchObject({ code: "key-invalid" });
});
