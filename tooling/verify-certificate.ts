// A certificate of the running demo, checked by `npx ringfence-verify` as it is published, after the demo
// and its database are gone and with the network off; and as others might forge it, each time refused with
// the sentence that names what was changed, in English and in Russian.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "@ringfence/db/postgres";
import { mutations } from "ringfence-verify/testing/mutations";
import { withDemo } from "./certificate/running-demo.ts";
import { openStranger } from "./certificate/stranger.ts";
import { takeCertificate } from "./certificate/take-certificate.ts";
import { report, type Tally } from "./tally.ts";

const tally: Tally = { passed: 0, failed: [] };

function expectThat(what: string, isSo: boolean, says = "") {
  if (isSo) return tally.passed++;
  tally.failed.push(what);
  console.error(`NOT SO: ${what}\n${says}`);
}

type Stranger = Awaited<ReturnType<typeof openStranger>>;

const locales = ["en", "ru"] as const;
const verdicts = {
  holds: { en: "This holds: nothing in it was changed.", ru: "Всё верно: ничего не изменено." },
  broken: {
    en: "This does not hold: do not rely on it.",
    ru: "Верить этому нельзя: что-то изменено.",
  },
};

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-certificate-"));
try {
  const stranger = await openStranger(folder);
  const { certificate, api } = await withDemo(folder, async (demo) => ({
    certificate: await takeCertificate(demo),
    api: demo.api,
  }));
  await expectGone(api);
  await expectNoNetwork(stranger);
  accept(stranger, JSON.stringify(certificate));
  const forgeries = mutations.filter(({ isOfWitnesses }) => !isOfWitnesses);
  expectThat("there are 20 mutations or more", forgeries.length >= 20);
  for (const { what, change, en, ru } of forgeries) {
    refuse(stranger, what, JSON.stringify(change(certificate)), { en, ru });
  }
  console.log(`${forgeries.length} mutations in two languages, ${stranger.how}`);
} finally {
  rmSync(folder, { recursive: true });
}
report(tally);

async function expectGone(api: string) {
  const answered = await fetch(`${api}/healthz`).then(
    () => true,
    () => false,
  );
  expectThat("the demo has ended", !answered);
}

/** Where this process is answered, the stranger is not. */
async function expectNoNetwork({ node }: Stranger) {
  const server = createServer((socket) => socket.end()).listen(await freePort(), "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const { status } =
    node(`require("node:net").connect(${port}, "127.0.0.1").on("connect", () => process.exit(0))
    .on("error", () => process.exit(7))`);
  expectThat("the stranger reaches nobody", status !== 0);
  server.close();
}

function accept({ keep, npx }: Stranger, certificate: string) {
  keep("certificate.json", certificate);
  for (const locale of locales) {
    const { status, says } = npx("certificate.json", "--lang", locale);
    const isSo = status === 0 && says.includes(verdicts.holds[locale]);
    expectThat(`what nobody has changed is accepted (${locale})`, isSo, says);
  }
}

function refuse(
  { keep, verify }: Stranger,
  what: string,
  forged: string,
  sentences: Record<(typeof locales)[number], RegExp>,
) {
  keep("forged.json", forged);
  for (const locale of locales) {
    const { status, says } = verify("forged.json", "--lang", locale);
    const isSo =
      status === 1 && says.includes(verdicts.broken[locale]) && sentences[locale].test(says);
    expectThat(`it is refused when ${what} (${locale})`, isSo, says);
  }
}
