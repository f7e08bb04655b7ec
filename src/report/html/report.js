// Sorting, filtering, folding and copying. The page says everything without it.
(() => {
  /** Reads what a cell sorts by: its own key, else a number, else its text. */
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    const text = cell.dataset.sort ?? cell.textContent.trim();
    const number = Number(text.replaceAll(',', '').replace(/\s*%.*$/, ''));
    return text !== '' && Number.isFinite(number) ? number : text;
  };

  const compare = (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    if (typeof a === 'number') return -1;
    if (typeof b === 'number') return 1;
    return a < b ? -1 : a > b ? 1 : 0;
  };

  for (const table of document.querySelectorAll('table[data-sorts]')) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const descending = head.getAttribute('aria-sort') === 'ascending';
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
        const body = table.tBodies[0];
        const rows = [...body.rows].map((row) => ({ row, key: keyOf(row, column) }));
        rows.sort((a, b) => (descending ? compare(b.key, a.key) : compare(a.key, b.key)));
        body.append(...rows.map(({ row }) => row));
      });
    });
  }

  const filter = document.getElementById('finding-filter');
  if (filter !== null) {
    const cards = [...document.querySelectorAll('#finding-list > article')];
    const texts = new Map();
    const textOf = (card) => {
      if (!texts.has(card)) texts.set(card, card.textContent.toLowerCase());
      return texts.get(card);
    };
    const apply = () => {
      const data = new FormData(filter);
      const severities = new Set(data.getAll('severity'));
      const words = String(data.get('text')).toLowerCase().split(/\s+/).filter(Boolean);
      const matches = (card) =>
        severities.has(card.dataset.severity) &&
        [card.dataset.state, ''].includes(data.get('state')) &&
        [card.dataset.trait, ''].includes(data.get('trait')) &&
        words.every((word) => textOf(card).includes(word));
      let shown = 0;
      for (const card of cards) {
        card.hidden = !matches(card);
        if (!card.hidden) shown += 1;
      }
      filter.querySelector('output').textContent =
        `${shown.toLocaleString('en')} of ${cards.length.toLocaleString('en')} findings`;
    };
    filter.hidden = false;
    filter.addEventListener('input', apply);
    filter.addEventListener('submit', (event) => event.preventDefault());
    filter.addEventListener('reset', () => setTimeout(apply));
    const fold = filter.querySelector('[data-fold]');
    fold.addEventListener('click', () => {
      const open = fold.dataset.fold !== 'open';
      fold.dataset.fold = open ? 'open' : '';
      fold.textContent = open ? 'Close all details' : 'Open all details';
      for (const card of cards) for (const part of card.querySelectorAll('details')) part.open = open;
    });
  }

  const copy = async (source) => {
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      const selection = getSelection();
      selection.selectAllChildren(source);
      document.execCommand('copy');
      selection.removeAllRanges();
    }
  };

  for (const source of document.querySelectorAll('pre[data-copy]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      await copy(source);
      button.textContent = 'Copied';
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 2000);
    });
    source.after(button);
  }

  // A link to a folded part opens it.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.hidden) {
      filter.reset();
      target.hidden = false;
      target.scrollIntoView();
    }
    for (let part = target; part !== null && part !== undefined; part = part.parentElement)
      if (part.tagName === 'DETAILS') part.open = true;
  };
  addEventListener('hashchange', reveal);
  reveal();

  const links = new Map([...document.querySelectorAll('.contents a')].map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute('aria-current');
        links.get(target.id)?.setAttribute('aria-current', 'true');
      }
    },
    { rootMargin: '-10% 0px -80% 0px' },
  );
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section !== null) watcher.observe(section);
  }
})();
