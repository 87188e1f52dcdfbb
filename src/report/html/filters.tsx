import type { Finding } from '../../result.js';

/** What to paste into Wireshark for each capture. */
export function Filters({ finding: { displayFilter } }: { finding: Finding }) {
  const { client, server, files = [] } = displayFilter;
  const named = [
    ...(client === null ? [] : [{ where: 'client side', filter: client }]),
    ...(server === null ? [] : [{ where: 'server side', filter: server }]),
    ...files.map(({ file, filter }) => ({ where: file, filter })),
  ];
  if (named.length === 0) return null;
  return (
    <>
      <h3>In Wireshark</h3>
      {named.map(({ where, filter }) => (
        <p class="filter" key={where}>
          <span>{where}</span>
          <code>{filter}</code>
        </p>
      ))}
    </>
  );
}
