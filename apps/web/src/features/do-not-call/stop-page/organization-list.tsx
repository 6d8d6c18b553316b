type OrganizationListProps = { organizations: readonly { name: string; path: string }[] };

/** Lists the organizations that may be calling, each with a link to its page. */
export const OrganizationList = ({ organizations }: OrganizationListProps) => (
  <ul>
    {organizations.map(({ name, path }) => (
      <li key={path} className="border-b border-line">
        <a href={path} className="block py-3">
          {name}
        </a>
      </li>
    ))}
  </ul>
);
