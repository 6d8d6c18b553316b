// Verifies a certificate of the running demo with `npx ringfence-verify`, as published, after the
// demo and its database are gone and with the network off. Forgeries must each be refused with the
// sentence that names the change, in English and in Russian.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import getPort from "get-port";
import { forge, type Mutation, mutations } from "ringfence-verify/testing/mutations";
import { withDemo } from "./certificate/running-demo.ts";
import { createStranger } from "./certificate/stranger.ts";
import { takeCertificate } from "./certificate/take-certificate.ts";
import { createCheck, report, type Tally } from "./tally.ts";

const tally: Tally = { passed: 0, failed: [] };
const expectThat = createCheck(tally);

type Stranger = Awaited<ReturnType<typeof createStranger>>;

const locales = ["en", "ru"] as const;
const verdicts = {
  genuine: {
    en: "Genuine: the keys that you provided prove that the content is unchanged. It no longer applies",
    ru: "Подлинно: содержание не изменено, это доказывают ключи, которые вы указали. Больше не действует",
  },
  consistent: {
    en: "Consistent, but not proven",
    ru: "Не противоречит себе, но не доказано",
  },
  broken: {
    en: "Not valid: do not rely on it.",
    ru: "Недействительно: верить этому нельзя.",
  },
  unclear: {
    en: "Cannot tell whether this was withdrawn",
    ru: "Неизвестно, не отозвано ли это",
  },
  promised: { en: "Signed, but not proven in full", ru: "Подписано, но доказано ещё не полностью" },
};
const codes = { broken: 1, unclear: 3, promised: 3 };

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-certificate-"));
try {
  const stranger = await createStranger(folder);
  const { certificate, policy, api } = await withDemo(folder, async (demo) => ({
    certificate: await takeCertificate(demo),
    policy: await fetch(`${demo.api}/ledger/policy`).then((answer) => answer.text()),
    api: demo.api,
  }));
  await expectGone(api);
  await expectNoNetwork(stranger);
  stranger.saveFile("policy", policy);
  accept(stranger, JSON.stringify(certificate));
  const forgeries = mutations.filter(({ isOfWitnesses }) => !isOfWitnesses);
  expectThat("there are 30 mutations or more", forgeries.length >= 30);
  for (const mutation of forgeries) refuse(stranger, mutation, forge(mutation, certificate));
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

/**
 * Proves that the stranger has no network, by a port of this machine that only this process can
 * reach.
 */
async function expectNoNetwork({ node }: Stranger) {
  const server = createServer((socket) => socket.end()).listen(await getPort(), "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const { status } =
    node(`require("node:net").connect(${port}, "127.0.0.1").on("connect", () => process.exit(0))
    .on("error", () => process.exit(7))`);
  expectThat("the stranger reaches nobody", status !== 0);
  server.close();
}

function accept({ saveFile, npx }: Stranger, certificate: string) {
  saveFile("certificate.json", certificate);
  for (const locale of locales) {
    for (const [verdict, ...trust] of [
      ["genuine", "--policy", "policy"],
      ["consistent"],
    ] as const) {
      const { status, says } = npx("certificate.json", "--lang", locale, ...trust);
      const isSo = status === 0 && says.includes(verdicts[verdict][locale]);
      expectThat(`what nobody has changed is ${verdict} (${locale})`, isSo, says);
    }
  }
}

function refuse({ saveFile, verify }: Stranger, mutation: Mutation, forged: string) {
  saveFile("forged.json", forged);
  const { what, lowersTo = "broken", isOfFileKeys } = mutation;
  for (const locale of locales) {
    for (const trust of isOfFileKeys ? [[]] : [[], ["--policy", "policy"]]) {
      const { status, says } = verify("forged.json", "--lang", locale, ...trust);
      const isSo =
        status === codes[lowersTo] &&
        says.includes(verdicts[lowersTo][locale]) &&
        mutation[locale].test(says);
      const how = trust.length > 0 ? "by the policy" : "by its own keys";
      expectThat(`it is ${lowersTo} when ${what} (${locale}, ${how})`, isSo, says);
    }
  }
}
