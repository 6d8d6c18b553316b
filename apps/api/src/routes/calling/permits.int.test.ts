import { createPublicKey, verify } from "node:crypto";
import { aCallablePhone } from "@ringfence/services/testing/phones";
import { expect, it } from "vitest";
import { ask } from "../../../testing/ask.ts";
import { aKey, aListeningServer } from "../../../testing/listening.ts";

const { url } = await aListeningServer();

async function aPermit() {
  const { ctx, authorization } = await aKey("screen", "opt-outs:write");
  const { phone } = await aCallablePhone(ctx);
  const post = (path: string, body: object) => ask(`${url}/v1/${path}`, authorization, body);
  const { answer } = await post("screenings", { phone, purpose: "marketing.loans" });
  return { phone, permit: String(answer.permit), post };
}

it("answers invalid and expired permits as problems", async () => {
  const { phone, permit, post } = await aPermit();
  const problem = async (body: object) => {
    const { status, answer } = await post("permits/verify", body);
    return [status, answer.code, answer.verdict];
  };
  expect(await problem({ permit: "x", phone })).toEqual([422, "unprocessable", undefined]);
  expect(await problem({ permit })).toEqual([400, "invalid-request", undefined]);
  const garbage = "1".repeat(65);
  expect(await problem({ permit, phone: garbage })).toEqual([422, "unprocessable", undefined]);
  const asAmount = await post("permits/verify", { permit, phone: Number(phone) });
  expect(asAmount.answer).toMatchObject({ phone, verdict: "allow" });

  const once = { permit, phone, singleUse: true };
  expect((await post("permits/verify", once)).answer.verdict).toBe("allow");
  expect(await problem(once)).toEqual([409, "conflict", undefined]);
});

it("publishes the key with which anybody verifies a permit", async () => {
  const { permit } = await aPermit();
  const { keys } = await (await fetch(`${url}/.well-known/jwks.json`)).json();
  const [header = "", payload = "", signature = ""] = permit.split(".");
  const { kid } = JSON.parse(Buffer.from(header, "base64url").toString());
  const jwk = keys.find((key: { kid: string }) => key.kid === kid);

  const key = createPublicKey({ key: jwk, format: "jwk" });
  const signed = Buffer.from(`${header}.${payload}`);
  expect(verify(null, signed, key, Buffer.from(signature, "base64url"))).toBe(true);
});
