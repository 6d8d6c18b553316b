import { expect, it } from "vitest";
import { keepAlive } from "./deliver-by-sftp.ts";

it("renews the claim at each interval, and loses no text", async () => {
  let [now, keeps] = [0, 0];
  async function* texts() {
    for (const [text, ms] of Object.entries({ a: 10, b: 25, c: 1, d: 30, e: 29 })) {
      now += ms;
      yield text;
    }
  }
  const keep = async () => void keeps++;
  const given: string[] = [];
  for await (const text of keepAlive(texts(), { keep, everyMs: 30, clock: () => now })) {
    given.push(text);
  }
  expect([given.join(""), keeps]).toEqual(["abcde", 2]);
});

const lose = () => Promise.reject(new Error("lost"));

it("ends when the claim is lost", async () => {
  const texts = keepAlive(["a"], { keep: lose, everyMs: 0, clock: () => 0 });
  await expect(texts.next()).rejects.toThrow("lost");
});
