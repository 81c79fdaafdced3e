// Recordings that have not been answered yet stay in the phone, even when the page is closed.

const NAME = "nuanyang";
const TABLE = "unanswered";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function table(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(TABLE, mode);
      const request = work(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

// A browser that keeps nothing (private mode) still sends: the recording then lives as long as the page.
const leniently = (promise, otherwise) => promise.catch(() => otherwise);

export const keep = (said) => leniently(table("readwrite", (rows) => rows.put(said)));
export const forget = (id) => leniently(table("readwrite", (rows) => rows.delete(id)));
export const kept = async (page) => {
  const rows = await leniently(table("readonly", (found) => found.getAll()), []);
  return rows.filter((row) => row.page === page).sort((a, b) => a.at - b.at);
};
