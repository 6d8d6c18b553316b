import { spawn } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveForms } from "../../packages/services/testing/form-pages.ts";

const root = path.resolve(import.meta.dirname, "../..");

let forms: Awaited<ReturnType<typeof serveForms>>;
beforeAll(async () => {
  forms = await serveForms();
});
afterAll(() => forms.close());

/** Runs the command and returns its exit code and output. */
const command = (page: string, args: readonly string[], privateHosts = forms.host) =>
  new Promise<{ code: number | null; printed: string; complained: string }>((resolve) => {
    const child = spawn(
      process.execPath,
      [
        "tooling/check-form.ts",
        `http://${forms.host}/${page}`,
        "--seller",
        "Example Windows LLC",
        ...args,
      ],
      { cwd: root, env: { ...process.env, RINGFENCE_PRIVATE_HOSTS: privateHosts } },
    );
    let [printed, complained] = ["", ""];
    child.stdout.on("data", (data: Buffer) => (printed += data.toString()));
    child.stderr.on("data", (data: Buffer) => (complained += data.toString()));
    child.on("close", (code) => resolve({ code, printed, complained }));
  });

it("tells a person what is wrong, where, under which law, and where the form may be published", async () => {
  const { code, printed } = await command("en-pre-ticked", [
    "--jurisdiction",
    "GB",
    "--language",
    "en",
  ]);
  expect(code).toBe(1);
  expect(printed).toContain("FAIL  1  No box is pre-ticked (GB block)");
  expect(printed).toContain("is already ticked when the page opens. Leave it empty.");
  expect(printed).toContain("> html > body > form > label:nth-of-type(2) > input · atFirst true");
  expect(printed).toContain("EDPB 05/2020 s. 3.4 [B]");
  expect(printed).toMatch(/^GB {5}may not be published; blocked by 1, /m);
});

it("prints the same as JSON for a program", async () => {
  const { printed } = await command("ru-good", ["--jurisdiction", "RU", "--json"]);
  expect(JSON.parse(printed)).toMatchObject({
    form: { language: "ru", submission: null },
    results: expect.arrayContaining([expect.objectContaining({ check: "seller-named" })]),
    summary: { places: [{ jurisdiction: "RU", mayPublish: false }] },
  });
});

it("opens no page of a private network that is not allowed, and says how to allow it", async () => {
  const args = ["--jurisdiction", "GB", "--language", "ru"];
  const { code, complained } = await command("en-good", args, "");
  expect(code).toBe(2);
  expect(complained).toContain("RINGFENCE_PRIVATE_HOSTS");
});
