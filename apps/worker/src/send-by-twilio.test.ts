import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { text } from "node:stream/consumers";
import { serve } from "../testing/serve.ts";
import { sendByTwilio } from "./mail-and-sms.ts";

async function aProvider(status: number, answer: object) {
  const bodies: string[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    bodies.push(await text(request));
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer));
  };
  const { host, asked } = await serve((...exchange) => void take(...exchange));
  return { host, asked, bodies };
}

const message = { to: "+12015550100", text: "Код 123456 & more" };

it("sends requests as Twilio's API specifies", async () => {
  const { host, asked, bodies } = await aProvider(201, { sid: "SM1", status: "queued" });
  await sendByTwilio(`http://AC1:s%20ecret@${host}?from=%2B15005550006`)(message);

  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "POST /2010-04-01/Accounts/AC1/Messages.json",
  ]);
  expect(asked[0]?.headers).toMatchObject({
    authorization: `Basic ${Buffer.from("AC1:s ecret").toString("base64")}`,
    "content-type": expect.stringContaining("application/x-www-form-urlencoded"),
  });
  expect(Object.fromEntries(new URLSearchParams(bodies[0]))).toEqual({
    To: "+12015550100",
    From: "+15005550006",
    Body: "Код 123456 & more",
  });
});

it("sends through a messaging service if one is configured", async () => {
  const { host, bodies } = await aProvider(201, {});
  await sendByTwilio(`http://AC1:secret@${host}?from=MG7`)(message);
  expect(new URLSearchParams(bodies[0]).get("MessagingServiceSid")).toBe("MG7");
});

it("reports why a message was rejected, without naming the recipient", async () => {
  const { host } = await aProvider(400, { code: 21211, message: "Invalid 'To': +12015550100" });
  const sent = sendByTwilio(`http://AC1:secret@${host}?from=%2B15005550006`)(message);
  await expect(sent).rejects.toThrow("the SMS provider answered 400, code 21211");
});
