import { ChangeOrganization, type OrganizationWords } from "@ringfence/core/account/organization";
import { typedText } from "@/components/typed-text";

/** What a form says of an organization, and what it was before, as it is saved. */
export function organizationGiven(form: FormData, before: OrganizationWords) {
  const hours = form.has("ownHours")
    ? {
        windows: [
          { days: form.getAll("days"), from: typedText(form, "from"), to: typedText(form, "to") },
        ],
        holidaysClosed: form.has("holidaysClosed"),
      }
    : null;
  return ChangeOrganization.safeParse({ ...Object.fromEntries(form), hours, before });
}
