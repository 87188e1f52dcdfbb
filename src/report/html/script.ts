/**
 * The one script of the page. It only adds: sorting and filtering of the table, finding a linked finding, opening all
 * for printing. Without it everything is there.
 */
export const SCRIPT = `
(() => {
  const table = document.getElementById('table');
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target && target.closest('details');
    if (!details) return;
    details.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  reveal();
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    const text = cell.dataset.n ?? cell.textContent.trim();
    const number = Number(text.replace(/^F(?=\\d+$)/, ''));
    return Number.isNaN(number) ? text : number;
  };
  const compare = (a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const up = head.getAttribute('aria-sort') !== 'ascending';
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      rows.sort((a, b) => compare(valueOf(a, column), valueOf(b, column)) * (up ? 1 : -1));
      body.append(...rows);
    });
  });
  const filter = document.getElementById('filter');
  const shown = document.getElementById('shown');
  filter.closest('p').hidden = false;
  const apply = () => {
    const words = filter.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) count += 1;
    }
    shown.textContent = count + ' of ' + rows.length;
  };
  filter.addEventListener('input', apply);
  apply();
})();
`;
