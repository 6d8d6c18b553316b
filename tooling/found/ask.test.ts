import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { ask } from "./ask.ts";
import { type Given, flags } from "./founding.ts";

const given: Given = {
  name: "Acme Calls",
  region: "US",
  zone: "America/Chicago",
  locale: "en",
  seller: "Acme",
  sector: "other",
  owner: "Ada",
  email: "ada@example.com",
};

/** A terminal where a person answers each question with the next line and then leaves. */
function aTerminal(answers: readonly string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const said: string[] = [];
  const left = [...answers];
  output.on("data", (text: Buffer) => {
    said.push(text.toString());
    if (!text.toString().endsWith(": ")) return;
    const line = left.shift();
    if (line === undefined) input.end();
    else input.write(`${line}\n`);
  });
  return { terminal: { input, output }, said };
}

const nothingUsual = () => undefined;

it("asks for everything that is missing", async () => {
  const { terminal, said } = aTerminal(["Acme Calls", "ada@example.com"]);
  const { name: _, email: __, ...known } = given;
  expect(await ask(terminal, known, nothingUsual, "en")).toEqual(given);
  expect(said).toEqual(["Name of the organization: ", "E-mail of the owner: "]);
});

it("asks again for an invalid answer, and says why", async () => {
  const { terminal, said } = aTerminal(["UK", "", "gb"]);
  const { region: _, ...known } = given;
  expect(await ask(terminal, known, nothingUsual, "en")).toEqual({ ...given, region: "gb" });
  expect(said.join("")).toMatch(/“UK” is not a country code.*“” is not a country code/s);
});

it("uses the default for an empty answer, which may depend on others", async () => {
  const { terminal, said } = aTerminal(["", "Beta"]);
  const { seller: _, owner: __, ...known } = given;
  const asked = await ask(
    terminal,
    known,
    (flag, { name }) => (flag === "seller" ? name : undefined),
    "en",
  );
  expect(asked).toEqual({ ...given, seller: "Acme Calls", owner: "Beta" });
  expect(said[0]).toMatch(/\[Acme Calls\]: $/);
});

it.each(flags)("makes nothing when the terminal closes at %s", async (flag) => {
  const { terminal } = aTerminal([]);
  const { [flag]: _, ...known } = given;
  await expect(ask(terminal, known, nothingUsual, "en")).rejects.toThrow("Nothing was made.");
});
