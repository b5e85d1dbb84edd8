import ConfigDocument
import ConfigMigration
import Testing

/// What people have in directories of manifests, and what they are told.
@Suite struct ManifestTests {
  static func plan(_ files: KeyValuePairs<String, String>, from: String? = nil, to: String = "1.32") throws -> Plan {
    try #require(GoldenManifestTests.kubernetes).plan(
      files.map { ($0.key, Array($0.value.utf8)) }, to: to, from: from)
  }

  @Test func `what asks for a decision is an action, told once for all its places`() throws {
    let plan = try Self.plan([
      "webhooks.yaml": """
      apiVersion: admissionregistration.k8s.io/v1beta1
      kind: ValidatingWebhookConfiguration
      webhooks:
        - name: a.example.com
        - name: b.example.com
          sideEffects: Unknown
        - name: c.example.com
          sideEffects: None

      """,
      "policy.yaml": "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\n",
      "budget.yaml": "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nspec: {selector: {}}\n",
    ])
    let actions = plan.notes.filter { $0.level == .action }
    #expect(actions.map(\.code) == ["webhook-side-effects", "empty-budget-selector", "pod-security-policy"])
    #expect(actions[0].places.map(\.description).sorted() == ["webhooks.yaml:4:11", "webhooks.yaml:5:11"])
    #expect(actions[2].places.map(\.description) == ["policy.yaml:2:7"])
  }

  @Test func `a set that was recorded as newer than its oldest manifest is reported`() throws {
    let product = try #require(GoldenManifestTests.kubernetes).product
    func findings(_ version: String) throws -> [String] {
      let files = [
        ("cfgmigrate.yaml", "product: kubernetes\nversion: \"\(version)\"\n"),
        ("job.yaml", "apiVersion: batch/v1beta1\nkind: CronJob\n"),
      ]
      let set = try ConfigurationSet(product: product, files: files.map { ($0.0, Array($0.1.utf8)) })
      return try set.version().findings.map(\.message)
    }
    #expect(try findings("1.22") == [])
    #expect(try findings("1.24") == [])
    #expect(
      try findings("1.25") == ["the set says version 1.25, and holds what no version after 1.24 knows"])
  }

  @Test func `a document that is no manifest is left alone`() throws {
    let plan = try Self.plan(
      [
        "values.yaml": "# chart\nimage: {tag: 1}\nspec:\n  template: x\n", "empty.yaml": "# nothing here\n",
        "list.json": "[1, 2]", "job.yaml": "apiVersion: batch/v1beta1\nkind: CronJob\n",
      ])
    #expect(plan.files.filter(\.isChanged).map(\.path) == ["job.yaml"])
  }

  @Test func `a stream keeps its comments, markers, anchors and line endings`() throws {
    let plan = try Self.plan([
      "all.yaml":
        "# only a comment\r\n--- # first\r\napiVersion: extensions/v1beta1\r\nkind: Deployment\r\nmetadata: &m\r\n"
        + "  labels: &labels\r\n    app: web # known\r\nspec:\r\n  template:\r\n    metadata:\r\n      labels: *labels\r\n"
        + "...\r\n---\r\n# nothing\r\n---\r\napiVersion: batch/v1beta1\r\nkind: CronJob"
    ])
    #expect(
      plan["all.yaml"]
        == "# only a comment\r\n--- # first\r\napiVersion: apps/v1\r\nkind: Deployment\r\nmetadata: &m\r\n"
        + "  labels: &labels\r\n    app: web # known\r\nspec:\r\n  selector:\r\n    matchLabels:\r\n      app: web\r\n"
        + "  template:\r\n    metadata:\r\n      labels: *labels\r\n"
        + "...\r\n---\r\n# nothing\r\n---\r\napiVersion: batch/v1\r\nkind: CronJob")
  }

  @Test func `items of a list that share an anchor are migrated each`() throws {
    let plan = try Self.plan([
      "list.yaml": """
      apiVersion: v1
      kind: List
      items:
        - apiVersion: &beta extensions/v1beta1
          kind: Ingress
          spec: &spec
            backend: {serviceName: a, servicePort: 80}
        - apiVersion: *beta
          kind: Ingress
          spec: *spec

      """
    ])
    let items = try Comparison.values(Array(plan["list.yaml"].utf8), "list.yaml")[0].object?["items"]?.array ?? []
    #expect(items.count == 2)
    #expect(items.first == items.last)
    #expect(items.first?.object?["spec"] == ["defaultBackend": ["service": ["name": "a", "port": ["number": 80]]]])
  }

  @Test func `a selector that is not set is no empty one`() throws {
    for (selector, codes) in [("null", []), ("{}", ["empty-budget-selector"]), ("{matchLabels: {a: b}}", [])] {
      let text = "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nspec: {selector: \(selector)}\n"
      #expect(try Self.plan(["budget.yaml": text]).notes.map(\.code) == codes)
    }
  }

  @Test func `a port that is an alias moves with its comment`() throws {
    let plan = try Self.plan([
      "ingress.yaml": """
      apiVersion: networking.k8s.io/v1beta1
      kind: Ingress
      metadata: {labels: {port: &p 8080}}
      spec:
        backend:
          serviceName: a
          # about the port
          servicePort: *p

      """
    ])
    #expect(plan["ingress.yaml"].contains("number: 8080\n"))
    withKnownIssue("an entry whose alias is expanded moves without its comment") {
      #expect(plan["ingress.yaml"].contains("# about the port\n"))
    }
  }

  @Test func `a template is told apart from a manifest that is broken`() throws {
    #expect {
      _ = try Self.plan([
        "deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}-web\n"
      ])
    } throws: { error in
      let error = error as? Diagnostic
      #expect(error?.place?.description.hasPrefix("deployment.yaml:4:") == true)
      return error?.hint?.contains("template") == true
    }
  }

  @Test func `a definition of 20,000 lines is done`() throws {
    var text = """
      apiVersion: apiextensions.k8s.io/v1beta1
      kind: CustomResourceDefinition
      metadata: {name: big.example.com}
      spec:
        version: v1
        validation:
          openAPIV3Schema:
            properties:

      """
    for number in 0..<7000 {
      text +=
        "        field\(number):\n          description: the field \(number)   # \(number)\n          type: string\n"
    }
    let plan = try Self.plan(["big.yaml": text])
    let isMoved = plan["big.yaml"].contains("\n            field6999:\n")
    #expect(isMoved)
    let comments = Comments.texts(in: Array(text.utf8), isJSON: false)
    #expect(Comments.missing(of: comments, in: Comments.texts(in: Array(plan["big.yaml"].utf8), isJSON: false)) == [])
  }
}
