// `pnpm ledger audit`: reads the whole ledger, finds what the database cannot prevent, and compares
// every deciding event with its statement in both directions, and each day of the audit trail with its digest. Run it
// where the keys are.
// `pnpm ledger adopt FILE`: gives a signer that lost its memory a checkpoint to continue from,
// which somebody outside has kept. Run it where the signer runs.
// `pnpm ledger compare FOLDER`: names the opt-outs that are in the copy on another disk and that the database lacks. Run it
// after a restore. It changes nothing.
// `pnpm ledger recover FOLDER`: records the opt-outs again that `compare` names. Run it where the keys are.
// `pnpm ledger begin-copy FOLDER --officer EMAIL`: begins a new copy in an empty folder. The officer accepts that opt-outs
// which are only in the copy before are lost.
// `pnpm ledger rotate`: makes the next signing key. Run it where the signer runs.
import { readFileSync } from "node:fs";
import path from "node:path";
import { OrganizationId } from "@ringfence/core/ids";
import { type Message, say } from "@ringfence/core/platform/message";
import { readHostLocale } from "@ringfence/core/platform/settings";
import { type Db, openDb } from "@ringfence/db";
import { findAcrossUrl } from "@ringfence/db/service-role";
import { CannotStart, findRunningUrls } from "@ringfence/db/postgres";
import {
  auditLedger,
  compareOptOuts,
  openLogSigner,
  replaceCopy,
  restoreSignerMemory,
  rotateLogKey,
} from "@ringfence/services/proof/ledger";
import { rethrowAsCannotStart } from "./supervisor/installation-keys.ts";
import { recoverOptOuts } from "@ringfence/services/do-not-call/opt-out";
import { openKeys } from "@ringfence/services/platform/keys";
import { auditDigests } from "@ringfence/services/desk/audit-log";
import { auditRecord } from "@ringfence/services/proof/record";
import {
  type InstallationSettings,
  readInstallationSettings,
} from "./supervisor/installation-settings.ts";

type Command = (
  db: Db,
  settings: InstallationSettings,
  file: string | undefined,
) => Promise<boolean>;

const usage =
  "pnpm ledger audit, pnpm ledger adopt FILE, pnpm ledger compare FOLDER, pnpm ledger recover FOLDER, pnpm ledger begin-copy FOLDER --officer EMAIL, or pnpm ledger rotate";

const tell = (fault: Message) => console.error(say(readHostLocale(process.env), fault));

const commands: Record<string, Command> = {
  async audit(db, { RINGFENCE_KEY_DIR: keyFolder }) {
    const keys = await openKeys(db, keyFolder).catch(rethrowAsCannotStart);
    const { size, checkpoints, faults } = await auditLedger(db);
    for (const fault of faults) tell(fault);
    const record = await auditRecord({ db, keys }, tell);
    const trail = await auditDigests({ db, keys }, tell);
    const count = faults.length + record.faults + trail.faults;
    console.log(
      `${size} entries, ${checkpoints} checkpoints, ${record.events} events, ${trail.days} days of the audit trail, ${count} faults`,
    );
    return count === 0;
  },
  async adopt(db, { LEDGER_KEY_DIR: keyFolder, LEDGER_ORIGIN: origin }, file) {
    if (file === undefined) throw new CannotStart(usage);
    const logSigner = await openLogSigner({ db, origin, keyFolder }).catch(rethrowAsCannotStart);
    const adopted = await restoreSignerMemory(logSigner, readFileSync(file, "utf8"));
    if (adopted.fault) console.error(say(readHostLocale(process.env), adopted.fault));
    else console.log(`the signer goes on from ${adopted.size} entries`);
    return adopted.fault === undefined;
  },
  async compare(db, _, folder) {
    if (folder === undefined) throw new CannotStart(usage);
    const { copied, lost, faults } = await compareOptOuts(db, folder);
    for (const fault of faults) tell(fault);
    console.log(`${copied} opt-outs in the copy, ${lost.length} not in the database`);
    return faults.length === 0;
  },
  async recover(db, { RINGFENCE_KEY_DIR: keyFolder }, folder) {
    if (folder === undefined) throw new CannotStart(usage);
    const keys = await openKeys(db, keyFolder).catch(rethrowAsCannotStart);
    const { lost } = await compareOptOuts(db, folder);
    let count = 0;
    for (const [organizationId, optOuts] of groupByOrganization(lost)) {
      if ((await db.prisma.organization.count({ where: { id: organizationId } })) === 0) continue;
      const actor = { type: "job", name: "opt-out.recover" } as const;
      const { recovered } = await recoverOptOuts(
        { db, keys, organizationId, actor },
        { lost: optOuts },
      );
      count += recovered;
    }
    console.log(`${count} of ${lost.length} lost opt-outs recorded again`);
    if (count < lost.length)
      console.error(
        "The others cannot be recorded again from the copy: their organization is not in this database, or their line is of an earlier version. Restore the database to a later time.",
      );
    return count === lost.length;
  },
  async "begin-copy"(db, _, folder) {
    const { email } = readOfficer();
    if (folder === undefined || email === undefined) throw new CannotStart(usage);
    const officer = await findOfficer(db, email);
    const fault = await replaceCopy(db, path.resolve(folder), officer);
    if (fault !== null) tell(fault);
    else console.log("a new copy was begun; set RINGFENCE_OPT_OUT_COPY to its folder, and start");
    return fault === null;
  },
  async rotate(db, { LEDGER_KEY_DIR: folder, LEDGER_ORIGIN: origin }) {
    const vkeys = await rotateLogKey(db, folder, origin).catch(rethrowAsCannotStart);
    console.log(`old ${vkeys.old}\nnew ${vkeys.new}`);
    return true;
  },
};

try {
  process.exitCode = (await run(process.argv[2] ?? "")) ? 0 : 1;
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Groups the lost opt-outs that can be recorded again. */
function groupByOrganization(lost: Awaited<ReturnType<typeof compareOptOuts>>["lost"]) {
  const recoverable = lost.flatMap(({ organizationId, entryId, recovery }) =>
    recovery === null
      ? []
      : [
          {
            organizationId: OrganizationId.parse(organizationId),
            optOut: { entryId, ...recovery },
          },
        ],
  );
  const grouped = Map.groupBy(recoverable, (one) => one.organizationId);
  return [...grouped].map(([id, all]) => [id, all.map(({ optOut }) => optOut)] as const);
}

function readOfficer() {
  const at = process.argv.indexOf("--officer");
  return { email: at === -1 ? undefined : process.argv[at + 1] };
}

/** Finds the member who answers for a loss. @throws CannotStart unless an owner or officer has this e-mail */
async function findOfficer({ prisma }: Db, email: string): Promise<string> {
  const officer = await prisma.member.findFirst({
    where: { email, role: { in: ["owner", "officer"] }, removedAt: null },
    select: { id: true },
  });
  if (officer === null)
    throw new CannotStart(
      `No owner or officer has the e-mail ${email}: name one who answers for the loss.`,
    );
  return officer.id;
}

async function run(name: string): Promise<boolean> {
  const command = commands[name];
  if (command === undefined) throw new CannotStart(usage);
  const settings = readInstallationSettings(process.env);
  const url = settings.DATABASE_URL ?? findRunningUrls(settings.stateFolder, "ringfence")?.url;
  if (url === undefined) throw new CannotStart("The embedded PostgreSQL does not run: npm start.");
  const db = openDb(url, settings.DATABASE_ACROSS_URL ?? (await findAcrossUrl(url)));
  try {
    return await command(db, settings, process.argv[3]);
  } finally {
    await db.close();
  }
}
