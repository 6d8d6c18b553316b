"use client";
import { SaveIdentityProvider, defaultScopes } from "@ringfence/core/account/identity-provider";
import { limitableRoles } from "@ringfence/core/account/member";
import type { MemberId, SellerId } from "@ringfence/core/ids";
import { Role } from "@ringfence/core/platform/access";
import type {
  listEmergencyOwners,
  readIdentityProvider,
} from "@ringfence/services/account/identity-provider";
import type { listSellers } from "@ringfence/services/account/seller";
import { useMutation } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { ConfirmDialog } from "@/components/dialogs";
import { Checkbox, ChoiceField, Field, Input, TextField } from "@/components/fields";
import { useSubmit } from "@/components/form-faults";
import { MoreFields } from "@/components/more-fields";
import { SubmitForm } from "@/components/save-form";
import { SellerLimit } from "@/components/seller-limit";
import { useRefreshed, useShowDone, useTRPC } from "@/trpc/client";

type Provider = NonNullable<Awaited<ReturnType<typeof readIdentityProvider>>>;
type Sellers = Awaited<ReturnType<typeof listSellers>>;
type Owners = Awaited<ReturnType<typeof listEmergencyOwners>>;

type ProviderFormProps = { provider: Provider | null; owners: Owners; sellers: Sellers };

type Fields = {
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: string;
  groupsClaim: string;
  isRequired: boolean;
  emergencyOwnerId: MemberId | null;
};

/** A group as a line of the form. The key stays while the text is edited. */
type Line = { key: number; group: string; role: Role; sellerIds: readonly SellerId[] };

const noProvider: Omit<Fields, "emergencyOwnerId"> = {
  name: "",
  issuer: "",
  clientId: "",
  scopes: defaultScopes,
  groupsClaim: "groups",
  clientSecret: "",
  isRequired: false,
};

/** Form for the identity provider at which members sign in, and for the roles of its groups. */
export function ProviderForm({ provider, owners, sellers }: ProviderFormProps) {
  const t = useTranslations("identityProvider");
  const [fields, setFields] = useState<Fields>({
    ...noProvider,
    ...provider,
    clientSecret: "",
    emergencyOwnerId: provider?.emergencyOwnerId ?? null,
  });
  const [lines, setLines] = useState<readonly Line[]>(() =>
    (provider?.groups ?? []).map((group, key) => ({ ...group, key })),
  );
  const change = (more: Partial<Fields>) => setFields({ ...fields, ...more });
  const trpc = useTRPC();
  const showDone = useShowDone();
  const save = useMutation(
    trpc.identityProvider.save.mutationOptions({ onSuccess: () => showDone(t("saved")) }),
  );
  const { clientSecret, ...others } = fields;
  const parsed = SaveIdentityProvider.safeParse({
    ...others,
    // The choice that the form shows first.
    emergencyOwnerId: fields.emergencyOwnerId ?? owners[0]?.id ?? null,
    ...((clientSecret !== "" || provider === null) && { clientSecret }),
    groups: lines.map(({ group, role, sellerIds }) => ({ group, role, sellerIds })),
  });
  const { faults, submit } = useSubmit(parsed, save.mutate);
  return (
    <SubmitForm
      className="grid max-w-[46rem] grid-cols-1 gap-5 pt-4"
      onSubmit={submit}
      noValidate
      error={save.error?.message}
      submit={t("save")}
      busy={save.isPending && t("saving")}
    >
      <ConnectionFields
        fields={fields}
        faults={faults}
        isNew={provider === null}
        onChange={change}
      />
      <GroupLines
        lines={lines}
        onLines={setLines}
        sellers={sellers}
        fault={
          faults.includes("group") ? t("groupFault") : faults.includes("groups") && t("groupsFault")
        }
      />
      <RequiredFields fields={fields} owners={owners} onChange={change} />
    </SubmitForm>
  );
}

type ConnectionFieldsProps = {
  fields: Fields;
  faults: readonly unknown[];
  isNew: boolean;
  onChange: (more: Partial<Fields>) => void;
};

/** Fields that say how the provider is reached. */
function ConnectionFields({ fields, faults, isNew, onChange }: ConnectionFieldsProps) {
  const t = useTranslations("identityProvider");
  const words = (name: "name" | "issuer" | "clientId" | "scopes" | "groupsClaim") => ({
    label: t(name),
    hint: t(`${name}Hint`),
    fault: t(`${name}Fault`),
  });
  return (
    <>
      <TextField
        words={words("name")}
        isFault={faults.includes("name")}
        value={fields.name}
        onText={(name) => onChange({ name })}
      />
      <TextField
        words={words("issuer")}
        isFault={faults.includes("issuer")}
        value={fields.issuer}
        onText={(issuer) => onChange({ issuer })}
      />
      <CheckIssuer issuer={fields.issuer} />
      <TextField
        words={words("clientId")}
        isFault={faults.includes("clientId")}
        value={fields.clientId}
        onText={(clientId) => onChange({ clientId })}
      />
      <TextField
        words={{
          label: t("clientSecret"),
          hint: isNew ? t("clientSecretHint") : t("clientSecretKept"),
          fault: t("clientSecretFault"),
        }}
        isFault={faults.includes("clientSecret")}
        isSecret
        value={fields.clientSecret}
        onText={(text) => onChange({ clientSecret: text })}
      />
      <MoreFields
        note={t("advancedNote", { scopes: fields.scopes, claim: fields.groupsClaim })}
        isFaulty={faults.includes("scopes") || faults.includes("groupsClaim")}
      >
        <TextField
          words={words("scopes")}
          isFault={faults.includes("scopes")}
          value={fields.scopes}
          onText={(scopes) => onChange({ scopes })}
        />
        <TextField
          words={words("groupsClaim")}
          isFault={faults.includes("groupsClaim")}
          value={fields.groupsClaim}
          onText={(groupsClaim) => onChange({ groupsClaim })}
        />
      </MoreFields>
    </>
  );
}

/** Asks the server whether an address answers as an identity provider. */
function CheckIssuer({ issuer }: { issuer: string }) {
  const t = useTranslations("identityProvider");
  const checked = useTranslations("identityProvider.checked");
  const trpc = useTRPC();
  const check = useMutation(trpc.identityProvider.check.mutationOptions());
  const isChecked = check.variables?.issuer === issuer && !check.isPending;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button
        size="small"
        busy={check.isPending && t("checking")}
        onClick={() => check.mutate({ issuer })}
      >
        {t("check")}
      </Button>
      <output className="text-sm">
        {isChecked && check.error && t("issuerFault")}
        {isChecked && check.data && checked(check.data.fault ?? "fine")}
      </output>
    </div>
  );
}

type GroupLinesProps = {
  lines: readonly Line[];
  onLines: (lines: readonly Line[]) => void;
  sellers: Sellers;
  fault: string | false;
};

/** A line for each group: its name, its role, and its sellers if the role can be limited. */
function GroupLines({ lines, onLines, sellers, fault }: GroupLinesProps) {
  const t = useTranslations("identityProvider");
  const roleNames = useTranslations("role");
  const roles = Role.options.map((key) => ({ key, name: roleNames(key) }));
  const replace = (line: Line) =>
    onLines(lines.map((other) => (other.key === line.key ? line : other)));
  const add = () => {
    const key = Math.max(0, ...lines.map((line) => line.key)) + 1;
    onLines([...lines, { key, group: "", role: "agent", sellerIds: [] }]);
  };
  return (
    <fieldset className="grid gap-3">
      <legend className="pb-1 font-medium">{t("groups")}</legend>
      <p className="text-sm text-muted">{t("groupsHint")}</p>
      {lines.map((line) => (
        <div key={line.key} className="grid gap-3 border-t border-line pt-3">
          <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_auto]">
            <Field label={t("group")}>
              {(wired) => (
                <Input
                  {...wired}
                  value={line.group}
                  autoComplete="off"
                  {...(fault !== false && line.group.trim() === "" && { "aria-invalid": true })}
                  onChange={({ currentTarget }) => replace({ ...line, group: currentTarget.value })}
                />
              )}
            </Field>
            <ChoiceField
              label={t("role")}
              choices={roles}
              chosen={line.role}
              onChoose={(role) => replace({ ...line, role })}
            />
            <Button
              icon={Trash2}
              onClick={() => onLines(lines.filter(({ key }) => key !== line.key))}
            >
              <span aria-hidden>{t("remove")}</span>
              <span className="sr-only">{t("removeGroup", { group: line.group })}</span>
            </Button>
          </div>
          {limitableRoles.includes(line.role) && sellers.length > 1 && (
            <SellerLimit
              choices={sellers.map(({ id, name }) => ({ value: id, label: name }))}
              chosen={line.sellerIds}
              onChosen={(sellerIds) => replace({ ...line, sellerIds })}
            />
          )}
        </div>
      ))}
      {fault !== false && (
        <p role="alert" className="text-sm font-medium text-refuse">
          {fault}
        </p>
      )}
      <div>
        <Button size="small" icon={Plus} onClick={add}>
          {t("addGroup")}
        </Button>
      </div>
    </fieldset>
  );
}

type RequiredFieldsProps = {
  fields: Fields;
  owners: Owners;
  onChange: (more: Partial<Fields>) => void;
};

/** Fields to require the provider, and to choose the one owner who keeps a password. */
function RequiredFields({ fields, owners, onChange }: RequiredFieldsProps) {
  const t = useTranslations("identityProvider");
  const { isRequired, emergencyOwnerId } = fields;
  const [first] = owners;
  if (first === undefined) {
    return <Banner title={t("noEmergencyOwner")}>{t("noEmergencyOwnerBody")}</Banner>;
  }
  return (
    <>
      <Checkbox
        label={t("required")}
        hint={t("requiredHint")}
        checked={isRequired}
        onChange={({ currentTarget }) => onChange({ isRequired: currentTarget.checked })}
      />
      {isRequired && (
        <ChoiceField
          label={t("emergencyOwner")}
          hint={t("emergencyOwnerHint")}
          choices={owners.map(({ id, name }) => ({ key: id, name }))}
          chosen={emergencyOwnerId ?? first.id}
          onChoose={(id) => onChange({ emergencyOwnerId: id })}
        />
      )}
    </>
  );
}

/** Button that disconnects the provider, after the owner has confirmed it. */
export function DisconnectProvider() {
  const t = useTranslations("identityProvider");
  const [isAsking, setAsking] = useState(false);
  const trpc = useTRPC();
  const disconnect = useMutation(trpc.identityProvider.disconnect.mutationOptions(useRefreshed()));
  return (
    <>
      <Button busy={disconnect.isPending && t("disconnecting")} onClick={() => setAsking(true)}>
        {t("disconnect")}
      </Button>
      {disconnect.error && <Banner tone="bad" role="alert" title={disconnect.error.message} />}
      {isAsking && (
        <ConfirmDialog
          title={t("disconnectTitle")}
          confirm={t("disconnect")}
          onConfirm={() => disconnect.mutate()}
          onClose={() => setAsking(false)}
        >
          {t("disconnectBody")}
        </ConfirmDialog>
      )}
    </>
  );
}
