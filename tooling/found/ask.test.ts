import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { askForMissing } from "./ask.ts";
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
function createTerminal(answers: readonly string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const printed: string[] = [];
  const left = [...answers];
  output.on("data", (text: Buffer) => {
    printed.push(text.toString());
    if (!text.toString().endsWith(": ")) return;
    const line = left.shift();
    if (line === undefined) input.end();
    else input.write(`${line}\n`);
  });
  return { terminal: { input, output }, printed };
}

const suggestNothing = () => undefined;

it("asks for everything that is missing", async () => {
  const { terminal, printed } = createTerminal(["Acme Calls", "ada@example.com"]);
  const { name: _, email: __, ...known } = given;
  expect(await askForMissing(terminal, known, suggestNothing, "en")).toEqual(given);
  expect(printed).toEqual(["Name of the organization: ", "E-mail of the owner: "]);
});

it("asks again for an invalid answer, and says why", async () => {
  const { terminal, printed } = createTerminal(["UK", "", "gb"]);
  const { region: _, ...known } = given;
  expect(await askForMissing(terminal, known, suggestNothing, "en")).toEqual({
    ...given,
    region: "gb",
  });
  expect(printed.join("")).toMatch(/“UK” is not a country code.*“” is not a country code/s);
});

it("uses the default for an empty answer, which may depend on others", async () => {
  const { terminal, printed } = createTerminal(["", "Beta"]);
  const { seller: _, owner: __, ...known } = given;
  const answers = await askForMissing(
    terminal,
    known,
    (flag, { name }) => (flag === "seller" ? name : undefined),
    "en",
  );
  expect(answers).toEqual({ ...given, seller: "Acme Calls", owner: "Beta" });
  expect(printed[0]).toMatch(/\[Acme Calls\]: $/);
});

it.each(flags)("makes nothing when the terminal closes at %s", async (flag) => {
  const { terminal } = createTerminal([]);
  const { [flag]: _, ...known } = given;
  await expect(askForMissing(terminal, known, suggestNothing, "en")).rejects.toThrow(
    "Nothing was made.",
  );
});
