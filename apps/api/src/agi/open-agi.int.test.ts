import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { refuseCalls, aCallablePhone } from "@ringfence/services/testing/phones";
import { apiKeysOf } from "@ringfence/services/api-key";
import { db, keys } from "@ringfence/services/testing";
import { fastify } from "fastify";
import { afterAll, expect, it } from "vitest";
import { callAgi } from "../../testing/asterisk.ts";
import { readDialplan } from "../../testing/dialplan.ts";
import { aDoorWithAgi, aKey, aListeningDoor, files } from "../../testing/listening.ts";
import { openAgi } from "./open-agi.ts";
import type { AgiOptions } from "./screen-environment.ts";

const purpose = "purpose=marketing.loans";

async function anAgi(options: Partial<AgiOptions> = {}) {
  const { log } = fastify();
  const server = await openAgi({ host: "127.0.0.1", port: 0 }, log, {
    installation: { db, keys, files },
    findApiKey: apiKeysOf(db),
    countScreening: () => undefined,
    ...options,
  });
  afterAll(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { port, call: (...args: string[]) => callAgi(port, args) };
}
const { port, call } = await anAgi();

async function scene() {
  const { ctx, key, authorization } = await aKey("screen");
  const callable = await aCallablePhone(ctx);
  return { ctx, ...callable, key: `key=${key}`, to: `phone=${callable.phone}`, authorization };
}

const refused = (...reasons: string[]) => ({
  variables: {
    RINGFENCE_VERDICT: "refuse",
    RINGFENCE_REASONS: reasons.join(" "),
    RINGFENCE_PERMIT: "",
    RINGFENCE_PHONE: "",
  },
  isHungUp: true,
});

it("lets a call through that may be placed, with a permit that verifies", async () => {
  const { key, to, phone, authorization } = await scene();
  const { variables, isHungUp } = await call(key, to, purpose, "seller=", "dialer=live_agent");

  expect(variables).toMatchObject({
    RINGFENCE_VERDICT: "allow",
    RINGFENCE_REASONS: "",
    RINGFENCE_PHONE: phone,
  });
  expect(isHungUp).toBe(false);
  const { url } = await aListeningDoor();
  const verified = await fetch(`${url}/v1/permits/verify`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ permit: variables.RINGFENCE_PERMIT, phone }),
  });
  expect(await verified.json()).toMatchObject({ verdict: "allow" });
});

it("takes what the dialplan that we ship gives it, which dials what was screened", async () => {
  const { key, phone } = await scene();
  const settings = {
    RINGFENCE_KEY: key.slice("key=".length),
    RINGFENCE_PURPOSE: "marketing.loans",
    EXTEN: phone.replace("+", "00"),
  };
  const { variables } = await call(...readDialplan(settings).args);
  expect(variables.RINGFENCE_VERDICT).toBe("allow");
  expect(readDialplan({ ...settings, ...variables }).dialed).toBe(phone);
});

it("dials nothing else than what was screened, whatever was typed", async () => {
  const { ctx, key, phone } = await scene();
  const other = await aCallablePhone(ctx);
  await refuseCalls(ctx, other.phoneId);
  const settings = {
    RINGFENCE_KEY: key.slice("key=".length),
    RINGFENCE_PURPOSE: "marketing.loans",
    EXTEN: `${other.phone},phone=${phone}`,
  };
  const { variables } = await call(...readDialplan(settings).args);
  expect(variables.RINGFENCE_VERDICT).toBe("refuse");
  expect(readDialplan({ ...settings, ...variables }).dialed).toBe("");
});

it("refuses an argument that is given twice, though one of the numbers may be called", async () => {
  const { ctx, key, to } = await scene();
  const other = await aCallablePhone(ctx);
  await refuseCalls(ctx, other.phoneId);
  const fault = expect.stringMatching(/argument phone was given twice/);
  for (const phones of [
    [`phone=${other.phone}`, to],
    [to, `phone=${other.phone}`],
    [to, to],
    [to, "phone="],
  ]) {
    expect(await call(key, ...phones, purpose)).toEqual({
      ...refused("cannot-check"),
      console: [fault],
    });
  }
});

it("hangs up on who has refused, and says why", async () => {
  const { ctx, phoneId, key, to } = await scene();
  await refuseCalls(ctx, phoneId);
  expect(await call(key, to, purpose)).toEqual({ ...refused("opted-out"), console: [] });
});

it("screens the extension where no phone is named", async () => {
  const { key } = await scene();
  const { variables } = await call(key, purpose);
  expect(variables.RINGFENCE_REASONS?.split(" ")).toContain("consent-missing");
});

it("sets the verdict last, so that half a conversation is no leave", async () => {
  const { key, to } = await scene();
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
  ["no key", [purpose], /no such API key/],
  ["a wrong key", ["key=rf_nobody", purpose], /no such API key/],
  ["no purpose", [], /argument purpose/],
  ["an argument that is not known", [purpose, "retries=3"], /argument retries/],
  ["a what-if", [purpose, "at=2026-01-01T00:00:00Z"], /argument at/],
  ["a purpose that is not known", ["purpose=elsewhere"], /elsewhere/],
])("hangs up and says on the console what is wrong: %s", async (name, args, sentence) => {
  const { key, to } = await scene();
  const isKeyed = !name.endsWith("key");
  const { console, ...channel } = await call(...(isKeyed ? [key] : []), to, ...args);
  expect(channel).toEqual(refused("cannot-check"));
  expect(console).toEqual([expect.stringMatching(sentence)]);
});

it("hangs up where the key may not screen, or another script is asked for", async () => {
  const { key } = await aKey("opt-outs:write");
  expect(await call(`key=${key}`, purpose)).toMatchObject(refused("cannot-check"));
  const good = await scene();
  expect(await callAgi(port, [good.key, good.to, purpose], { script: "screem" })).toMatchObject(
    refused("cannot-check"),
  );
});

it("knows nothing of what another organization knows", async () => {
  const [mine, theirs] = [await scene(), await scene()];
  const { variables } = await call(theirs.key, mine.to, purpose);
  expect(variables.RINGFENCE_REASONS?.split(" ")).toContain("consent-missing");
});

it.each(["away", "never answering"])("hangs up while the database is %s", async (how) => {
  const { key, to } = await scene();
  const findApiKey = () =>
    how === "away"
      ? Promise.reject(Object.assign(new Error(), { code: "ECONNREFUSED" }))
      : new Promise<never>(() => {});
  const broken = await anAgi({ findApiKey });
  expect(await broken.call(key, to, purpose)).toMatchObject(refused("cannot-check"));
});

/** What a side hears that says this and nothing more. */
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
])("says nothing but no to %s", async (_, said) => {
  const heard = await hear(said);
  expect(heard).toContain('SET VARIABLE RINGFENCE_VERDICT "refuse"\nHANGUP\n');
  expect(heard).not.toContain("allow");
});

it("never takes a command that was not taken for one that was", async () => {
  const { key, to } = await scene();
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

it("reads over what Asterisk says between command and reply", async () => {
  const { key, to } = await scene();
  const heard: string[] = [];
  await callAgi(port, [key, to, purpose], {
    reply: (command) => {
      heard.push(command);
      return "HANGUP\n100 result=0 Trying...\n520-Usage follows\n200 result=1";
    },
  });
  expect(heard).toHaveLength(4);
});

it("is off unless a port is set, and stops with the door", async () => {
  expect((await aListeningDoor()).door.agi).toBeNull();
  const { door, agi, agiPort } = await aDoorWithAgi();
  const { key, to } = await scene();
  expect((await callAgi(agiPort, [key, to, purpose])).variables.RINGFENCE_VERDICT).toBe("allow");
  await door.close();
  expect(agi.listening).toBe(false);
});
