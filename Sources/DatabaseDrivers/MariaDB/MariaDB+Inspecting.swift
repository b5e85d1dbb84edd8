package import DataMigration

extension MariaDB: InspectableDatabase {
  package func version() throws(DatabaseError) -> String { try connect().value(of: "SELECT VERSION()") ?? "" }

  /// From InnoDB's list of transactions, which asks for the privilege PROCESS. A dump is known by the comment that its tool
  /// writes into each of its queries.
  package func activity(olderThan seconds: Int) throws(DatabaseError) -> [DatabaseActivity] {
    let rows = try connect().run(
      """
      SELECT IF(p.info LIKE 'SELECT /*!40001 SQL_NO_CACHE */%', 'dump', 'transaction'),
        CONCAT(COALESCE(p.user, 'nobody'), ', connection ', t.trx_mysql_thread_id),
        TIMESTAMPDIFF(SECOND, t.trx_started, NOW())
      FROM information_schema.innodb_trx t
        LEFT JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
      WHERE t.trx_mysql_thread_id <> CONNECTION_ID() AND COALESCE(p.db, DATABASE()) = DATABASE()
      ORDER BY 3 DESC
      """)
    return DatabaseActivity.reading(rows, olderThan: seconds)
  }
}
