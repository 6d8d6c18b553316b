import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { limitApiKey, registerPublicKey } from "@ringfence/services/account/api-key";
import { refuseCalls } from "@ringfence/services/testing/phones";
import { aKeyPair } from "@ringfence/services/testing/public-keys";
import { expect, it } from "vitest";
import { aCallableCall, anAgi, refused } from "../../testing/agi.ts";
import { callAgi } from "../../testing/asterisk.ts";
import { aServerWithAgi, aKey, aListeningServer } from "../../testing/listening.ts";

const purpose = "purpose=marketing.loans";

const { port, call } = await anAgi();

it("lets an allowed call through, with a permit that verifies", async () => {
  const { key, to, phone, authorization } = await aCallableCall();
  const { variables, isHungUp } = await call(key, to, purpose, "seller=", "dialer=live_agent");

  expect(variables).toMatchObject({
    RINGFENCE_VERDICT: "allow",
    RINGFENCE_REASONS: "",
    RINGFENCE_PHONE: phone,
  });
  expect(isHungUp).toBe(false);
  const { url } = await aListeningServer();
  const verified = await fetch(`${url}/v1/permits/verify`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ permit: variables.RINGFENCE_PERMIT, phone }),
  });
  expect(await verified.json()).toMatchObject({ verdict: "allow" });
});

it("hangs up if the person has opted out, and says why", async () => {
  const { ctx, phoneId, key, to } = await aCallableCall();
  await refuseCalls(ctx, phoneId);
  expect(await call(key, to, purpose)).toEqual({ ...refused("opted-out"), console: [] });
});

it("screens the extension if no phone is given", async () => {
  const { key } = await aCallableCall();
  const { variables } = await call(key, purpose);
  expect(variables.RINGFENCE_REASONS?.split(" ")).toContain("consent-missing");
});

it("sets the verdict last, so that half a conversation allows nothing", async () => {
  const { key, to } = await aCallableCall();
  const commands: string[] = [];
  await callAgi(port, [key, to, purpose], {
    reply: (command) => {
      commands.push(command.split(" ").slice(0, 3).join(" "));
      return "200 result=1";
    },
  });
  expect(commands).toEqual([
    "SET VARIABLE RINGFENCE_REASONS",
    "SET VARIABLE RINGFENCE_PERMIT",
    "SET VARIABLE RINGFENCE_PHONE",
    "SET VARIABLE RINGFENCE_VERDICT",
  ]);
});

it.each([
  ["no key", [purpose], /API key does not exist/],
  ["a wrong key", ["key=rf_nobody", purpose], /API key does not exist/],
  ["no purpose", [], /argument purpose/],
  ["an argument that is not known", [purpose, "retries=3"], /argument retries/],
  ["a what-if", [purpose, "at=2026-01-01T00:00:00Z"], /argument at/],
  ["a purpose that is not known", ["purpose=elsewhere"], /elsewhere/],
])("hangs up and says on the console what is wrong: %s", async (name, args, sentence) => {
  const { key, to } = await aCallableCall();
  const isKeyed = !name.endsWith("key");
  const { console, ...channel } = await call(...(isKeyed ? [key] : []), to, ...args);
  expect(channel).toEqual(refused("cannot-check"));
  expect(console).toEqual([expect.stringMatching(sentence)]);
});

it("hangs up if the key may not screen or another script is requested", async () => {
  const { key } = await aKey("opt-outs:write");
  expect(await call(`key=${key}`, purpose)).toMatchObject(refused("cannot-check"));
  const good = await aCallableCall();
  expect(await callAgi(port, [good.key, good.to, purpose], { script: "screem" })).toMatchObject(
    refused("cannot-check"),
  );
});

it("hangs up if the key may not be used from the address of the PBX", async () => {
  const { ctx, apiKeyId, key, to } = await aCallableCall();
  const allow = (...allowedAddresses: string[]) =>
    limitApiKey(ctx, { apiKeyId, lastDay: null, allowedAddresses });
  await allow("127.0.0.0/8");
  expect((await call(key, to, purpose)).isHungUp).toBe(false);

  await allow("203.0.113.7");
  const { console, ...channel } = await call(key, to, purpose);
  expect(channel).toEqual(refused("cannot-check"));
  expect(console).toEqual([expect.stringMatching(/not allowed from this address/)]);
});

it("hangs up if the key requires signed requests, which FastAGI cannot send", async () => {
  const { ctx, apiKeyId, key, to } = await aCallableCall();
  expect((await call(key, to, purpose)).isHungUp).toBe(false);
  await registerPublicKey(ctx, { apiKeyId, publicKey: aKeyPair().pem });
  const { console, ...channel } = await call(key, to, purpose);
  expect(channel).toEqual(refused("cannot-check"));
  expect(console).toEqual([expect.stringMatching(/requires signed requests/)]);
});

it("uses no data of another organization", async () => {
  const [mine, theirs] = [await aCallableCall(), await aCallableCall()];
  const { variables } = await call(theirs.key, mine.to, purpose);
  expect(variables.RINGFENCE_REASONS?.split(" ")).toContain("consent-missing");
});

it.each(["away", "never answering"])("hangs up while the database is %s", async (how) => {
  const { key, to } = await aCallableCall();
  const findApiKey = () =>
    how === "away"
      ? Promise.reject(Object.assign(new Error(), { code: "ECONNREFUSED" }))
      : new Promise<never>(() => {});
  const broken = await anAgi({ findApiKey });
  expect(await broken.call(key, to, purpose)).toMatchObject(refused("cannot-check"));
});

/** Sends these bytes and nothing more, and returns the answer. */
async function hear(said: string | Buffer) {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(said);
  return text(socket);
}

it.each<[string, string | Buffer]>([
  ["HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["an environment that does not end", "agi_network: yes\n"],
  ["garbage", Buffer.from([0xff, 0x00, 0x0a, 0xfe])],
  ["a line without end", "a".repeat(20_000)],
  ["an extension that is given twice", "agi_extension: 1\nagi_extension: 2\n\n"],
])("answers only with a refusal to %s", async (_, said) => {
  const heard = await hear(said);
  expect(heard).toContain('SET VARIABLE RINGFENCE_VERDICT "refuse"\nHANGUP\n');
  expect(heard).not.toContain("allow");
});

it("never treats a rejected command as accepted", async () => {
  const { key, to } = await aCallableCall();
  const heard: string[] = [];
  await callAgi(port, [key, to, purpose], {
    reply: (command) => {
      heard.push(command);
      return command.includes("PERMIT")
        ? "511 Command Not Permitted on a dead channel"
        : "200 result=1";
    },
  });
  expect(heard.join("\n")).not.toContain('RINGFENCE_VERDICT "allow"');
  expect(heard.at(-1)).toBe("HANGUP");
});

it("skips what Asterisk sends between command and reply", async () => {
  const { key, to } = await aCallableCall();
  const heard: string[] = [];
  await callAgi(port, [key, to, purpose], {
    reply: (command) => {
      heard.push(command);
      return "HANGUP\n100 result=0 Trying...\n520-Usage follows\n200 result=1";
    },
  });
  expect(heard).toHaveLength(4);
});

it("is off unless a port is set, and stops with the API", async () => {
  expect((await aListeningServer()).server.agi).toBeNull();
  const { server, agi, agiPort } = await aServerWithAgi();
  const { key, to } = await aCallableCall();
  expect((await callAgi(agiPort, [key, to, purpose])).variables.RINGFENCE_VERDICT).toBe("allow");
  await server.close();
  expect(agi.listening).toBe(false);
});
