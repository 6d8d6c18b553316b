import { PublicFrame } from "@/components/public-page";

type OrganizationChoiceProps = {
  title: string;
  who: string;
  organizations: readonly { name: string; path: string }[];
};

/** Public page that lists the organizations that may be calling, each with a link to its page. */
export const OrganizationChoice = ({ title, who, organizations }: OrganizationChoiceProps) => (
  <PublicFrame seller="Ringfence" title={title} hasLanguages>
    <p>{who}</p>
    <ul>
      {organizations.map(({ name, path }) => (
        <li key={path} className="border-b border-line">
          <a href={path} className="block py-3">
            {name}
          </a>
        </li>
      ))}
    </ul>
  </PublicFrame>
);
