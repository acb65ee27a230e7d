"""More budgets: other forms, units and shapes."""
from decimal import Decimal
from model import Department, chinese, plain
from form import tab, pipes, table, paged, beside, flatten
from budgets import OFFICE, three, slots


def shanxi(expected):
    """Two years side by side with increase and rate; HTML with spans; title, department and unit as cells."""
    d = Department(11, OFFICE + [("2200101", 700, 140, 0, "general"), ("2200106", 0, 0, 320, "general"), ("2296002", 0, 0, 25, "fund")], 2, 1, False, 0)
    m, org = d.money, "晋中市规划和自然资源局榆次分局"
    t = d.total()
    def rate(a, b): return f"{(a - b) / b * 100:.2f}" if b else ""
    def years(a, f=Decimal("1.04")):
        b = (a * f).quantize(Decimal("0.01"))
        return [m(b), m(a), m(a - b), rate(a, b)]
    def page(n, title, width, head, body):
        cap = [[(title, width, 1)], [("部门名称：" + org, width - 2, 1), ("单位：万元", 2, 1)]]
        return [f"<p>预算公开表{n}</p>"] + table(cap + head, body)
    L = ["<html><head><meta charset=\"utf-8\"><title>预算公开</title></head><body>", f"<h1>{org}2024年度部门预算</h1>", "<h2>第一部分 概况</h2>", "<p>一、本部门职责</p>", "<p>负责全区自然资源调查监测评价。</p>", "<p>二、机构设置情况</p>", "<p>本部门预算为分局本级预算。</p>", "<h2>第二部分 2024年度部门预算报表</h2>"]
    funds = [("一、一般公共预算", d.total("general")), ("二、政府性基金预算", d.total("fund")), ("三、国有资本经营预算", Decimal(0)), ("四、财政专户管理资金", Decimal(0)), ("五、单位资金", Decimal(0))]
    left = [[n] + (years(a) if a else ["", "", "", ""]) for n, a in funds]
    right = [[chinese(n) + "、" + d.name(c)] + years(d.total(prefix=c)) for n, c in enumerate(d.codes(1), 1)]
    # last year's total is the sum of last year's parts on each side, so derive it once from the funds
    last = sum(Decimal(r[1] or 0) for r in left)
    last_right = sum(Decimal(r[1]) for r in right)
    fix = Decimal(right[0][1]) + last - last_right
    now = Decimal(right[0][2])
    right[0] = [right[0][0], m(fix), m(now), m(now - fix), rate(now, fix)]
    foot = [m(last), m(t), m(t - last), rate(t, last)]
    L += page(1, "2024年部门收支总体情况表", 10, [[("收入", 5, 1), ("支出", 5, 1)], [("项目", 1, 2), ("2023年预算数", 1, 2), ("2024年预算数", 1, 2), ("2024年比2023年", 2, 1)] * 2, ["增减额", "增减（%）"] * 2], beside(left, right, 5, 5) + [["本年收入合计"] + foot + ["本年支出合计"] + foot, ["上年结转", "", "", "", "", "年终结转", "", "", "", ""], ["收入总计"] + foot + ["支出总计"] + foot])
    body = [[c, d.name(c), m(d.total(prefix=c)), "", m(d.total("general", c)), m(d.total("fund", c)), "", "", ""] for c in d.tree()]
    L += page(2, "2024年部门收入总体情况表", 9, [[("项目", 2, 1), ("合计", 1, 2), ("上年结转", 1, 2), ("本年收入", 5, 1)], ["科目编码", "科目名称", "一般公共预算", "政府性基金", "国有资本经营", "财政专户", "单位资金"]], [[("合计", 2, 1), m(t), "", m(d.total("general")), m(d.total("fund")), "", "", ""]] + body)
    L += page(3, "2024年部门支出总体情况表", 5, [[("项目", 2, 1), ("合计", 1, 2), ("基本支出", 1, 2), ("项目支出", 1, 2)], ["科目编码", "科目名称"]], [[("合计", 2, 1), m(t), m(d.basic()), m(d.project())]] + [[c, d.name(c), m(d.total(prefix=c)), m(d.basic(prefix=c)), m(d.project(prefix=c))] for c in d.tree()])
    L += page(4, "2024年部门财政拨款收支总体情况表", 6, [[("收入", 2, 1), ("支出", 4, 1)], [("项目", 1, 2), ("金额", 1, 2), ("项目", 1, 2), ("金额", 3, 1)], ["小计", "一般公共预算", "政府性基金预算"]], beside([["一、一般公共预算", m(d.total("general"))], ["二、政府性基金预算", m(d.total("fund"))], ["三、国有资本经营预算", ""]], [[chinese(n) + "、" + d.name(c), m(d.total(prefix=c)), m(d.total("general", c)), m(d.total("fund", c))] for n, c in enumerate(d.codes(1), 1)], 2, 4) + [["本年收入合计", m(t), "本年支出合计", m(t), m(d.total("general")), m(d.total("fund"))]])
    rows = []
    for c in d.tree("general"):
        b, j = d.basic("general", c), d.project("general", c)
        lb, lj = (b * Decimal("0.95")).quantize(Decimal("0.01")), (j * Decimal("1.10")).quantize(Decimal("0.01"))
        rows.append([c, d.name(c), m(lb + lj), m(lb), m(lj), m(b + j), m(b), m(j), m(b + j - lb - lj), rate(b + j, lb + lj)])
    L += page(5, "2024年一般公共预算支出表", 10, [[("支出功能分类", 2, 1), ("2023年预算数", 3, 1), ("2024年预算数", 3, 1), ("2024年预算数比2023年预算数增减", 2, 1)], ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "合计", "基本支出", "项目支出", "绝对数", "增减%"]], rows)
    L += page(6, "2024年一般公共预算安排基本支出分经济科目表", 3, [["经济科目名称", "预算数", "备注"]], [["合计", m(d.basic()), ""]] + [[n, m(a), ""] for c, n, a in d.economic_tree()])
    L += page(7, "2024年一般公共预算“三公”经费支出情况统计表", 4, [["项目", "2023年预算数", "2024年预算数", "2024年比2023年增减"]], [["合计", "10.20", "9.50", "-0.70"], ["因公出国（境）费", "", "", ""], ["公务接待费", "1.20", "0.50", "-0.70"], ["公务用车购置及运行维护费", "9.00", "9.00", "0.00"], ["①公务用车购置费", "", "", ""], ["②公务用车运行维护费", "9.00", "9.00", "0.00"]])
    f = d.total("fund")
    L += page(8, "2024年政府性基金预算支出表", 5, [[("项目", 2, 1), ("合计", 1, 2), ("基本支出", 1, 2), ("项目支出", 1, 2)], ["科目编码", "科目名称"]], [[("合计", 2, 1), m(f), "", m(f)]] + [[c, d.name(c), m(f), "", m(f)] for c in d.tree("fund")])
    L += ["<h2>第三部分 2024年度部门预算情况说明</h2>", "<p>一、2024年度部门预算数据变动情况及原因</p>", f"<p>1.收入预算说明：2024年我单位收入预算{m(t)}万元，其中：一般公共预算{m(d.total('general'))}万元，政府性基金预算{m(f)}万元。与上年相比减少{m(last - t)}万元，下降{abs(Decimal(rate(t, last)))}%。</p>", "<p>二、“三公”经费增减变动原因说明</p>", "<p>2024年“三公”经费预算9.50万元，较上年减少0.70万元，其中公务接待费0.50万元，公务用车运行维护费9.00万元，主要原因是厉行节约。</p>", "<p>三、机关运行经费增减变动原因说明</p>", f"<p>2024年我单位机关运行经费预算安排{m(d.sum(2))}万元，较上年增加5.10万元。</p>", "</body></html>"]
    return "shanxi_branch_budget.html", L, expected(d, org, 2024, "budget", "万元", {"budget": three(("0", "0", "9.00", "0.50"))}, current_year_income=plain(t), current_year_expenditure=plain(t), operating_funds=m(d.sum(2)))


def tianjin(expected):
    """Thousand yuan, traditional columns of Tianjin; running heads inside tables."""
    d = Department(12, OFFICE + [("2011301", 600, 110, 0, "general"), ("2011308", 0, 0, 420, "general"), ("2050803", 0, 0, 6, "general")], 1, 10, True, 0)
    m, org = d.money, "天津市河东区商务局"
    t = m(d.total())
    L = [org + "2022年部门预算", "", "目录", "一、部门概况", "二、部门预算表", "三、部门预算说明", "", "一、部门概况", "（一）主要职责", "贯彻执行国家商务法律法规。", "二、部门预算表"]
    def top(title): return ["", title, f"填报部门：{org}　　　　　　　　　　　　　　　　　单位：千元"]
    between = lambda p: ["", org + "2022年部门预算", f"- {p + 4} -", ""]
    left = [["一、一般公共预算拨款收入", t], ["二、政府性基金预算拨款收入", ""], ["三、国有资本经营预算拨款收入", ""], ["四、财政专户管理资金收入", ""], ["五、事业收入", ""], ["六、上级补助收入", ""], ["七、附属单位上缴收入", ""], ["八、事业单位经营收入", ""], ["九、其他收入", ""]]
    L += top("2022年部门收支总表") + tab([[("收入", 2, 1), ("支出", 2, 1)], ["项目", "预算数", "项目", "预算数"]], beside(left, slots(d), 2, 2) + [["本年收入合计", t, "本年支出合计", t], ["上年结转结余", "", "年终结转结余", ""], ["收入总计", t, "支出总计", t]])
    L += top("2022年部门收入总表") + tab([[("部门代码", 1, 2), ("部门名称", 1, 2), ("合计", 1, 2), ("本年收入", 6, 1), ("上年结转结余", 1, 2)], ["小计", "一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金", "事业收入"]], [["", "合计", t, t, t, "", "", "", "", ""], ["205", org, t, t, t, "", "", "", "", ""], ["205101", org + "（本级）", t, t, t, "", "", "", "", ""]])
    L += top("2022年部门支出总表") + paged([["科目编码", "科目名称", "合计", "基本支出", "项目支出", "事业单位经营支出", "上缴上级支出", "对附属单位补助支出"]], [[c, d.name(c), m(d.total(prefix=c)), m(d.basic(prefix=c)), m(d.project(prefix=c)), "", "", ""] for c in d.tree()] + [["合计", "", t, m(d.basic()), m(d.project()), "", "", ""]], 9, between, repeat_head=False)
    L += top("2022年财政拨款收支总表") + tab([[("收入", 2, 1), ("支出", 2, 1)], ["项目", "预算数", "项目", "预算数"]], beside([["一、本年收入", t], ["（一）一般公共预算拨款", t], ["（二）政府性基金预算拨款", ""], ["（三）国有资本经营预算拨款", ""], ["二、上年结转", ""]], [["一、本年支出", t]] + [["（" + n.replace("、", "）"), v] for n, v in slots(d)] + [["二、年终结转结余", ""]], 2, 2) + [["收入总计", t, "支出总计", t]])
    L += top("2022年一般公共预算支出表") + paged([[("功能分类科目", 2, 1), ("合计", 1, 2), ("基本支出", 3, 1), ("项目支出", 1, 2)], ["科目编码", "科目名称", "小计", "人员经费", "公用经费"]], [[c, d.name(c), m(d.total(prefix=c)), m(d.basic(prefix=c)), m(d.sum(1, None, c)), m(d.sum(2, None, c)), m(d.project(prefix=c))] for c in d.tree()] + [["合计", "", t, m(d.basic()), m(d.sum(1)), m(d.sum(2)), m(d.project())]], 12, between)
    L += top("2022年一般公共预算基本支出表") + paged([[("部门预算支出经济分类科目", 2, 1), ("本年一般公共预算基本支出", 3, 1)], ["科目编码", "科目名称", "合计", "人员经费", "公用经费"]], [[c, n, m(a), m(a) if c[:3] in ("301", "303") else "", m(a) if c[:3] in ("302", "310") else ""] for c, n, a in d.economic_tree()] + [["合计", "", m(d.basic()), m(d.sum(1)), m(d.sum(2))]], 15, between, repeat_head=False)
    L += top("2022年一般公共预算“三公”经费支出表") + ["部门名称\t\t上年预算数\t\t\t\t\t\t本年预算数\t\t\t\t\t", "\t\t“三公”经费合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\t“三公”经费合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费", "\t\t\t\t小计\t公务用车购置费\t公务用车运行费\t\t\t\t小计\t公务用车购置费\t公务用车运行费\t"] + [
        "\t合计\t96.0\t\t88.0\t\t88.0\t8.0\t90.0\t\t86.0\t\t86.0\t4.0", "205101\t" + org + "（本级）\t96.0\t\t88.0\t\t88.0\t8.0\t90.0\t\t86.0\t\t86.0\t4.0"]
    L += top("2022年政府性基金预算支出表") + tab([[("功能分类科目", 2, 1), ("合计", 1, 2), ("基本支出", 1, 2), ("项目支出", 1, 2)], ["科目编码", "科目名称"]], [["合计", "", "", "", ""]]) + ["注：本表为空表，2022年未安排政府性基金预算。"]
    L += top("2022年项目支出表") + tab([["项目类别", "项目名称", "项目单位", "合计", "本年拨款-一般公共预算", "本年拨款-政府性基金预算", "本年拨款-国有资本经营预算", "财政拨款结转结余", "财政专户管理资金", "单位资金"]], [["特定目标类", "招商引资专项经费", org, m(d.sum(3, None, "2011308")), m(d.sum(3, None, "2011308"))] + [""] * 5, ["其他运转类", "干部培训费", org, m(d.sum(3, None, "2050803")), m(d.sum(3, None, "2050803"))] + [""] * 5, ["合计", "", "", m(d.project()), m(d.project())] + [""] * 5])
    L += ["", "三、部门预算说明", "（一）部门收支总体情况", f"2022年部门预算收入{t}千元，与2021年预算相比增加310.0千元，主要原因是人员经费增加。其中：一般公共预算拨款收入{t}千元。", f"2022年部门预算支出{t}千元，其中：基本支出{m(d.basic())}千元，项目支出{m(d.project())}千元。",
          "（二）一般公共预算“三公”经费支出情况", "2022年“三公”经费预算90.0千元，与2021年预算相比减少6.0千元，主要原因是压减公务接待费。具体情况：", "1.因公出国（境）费0.0千元，与2021年预算持平。", "2.公务用车购置及运行费86.0千元，其中公务用车运行费86.0千元，与2021年预算相比减少2.0千元；公务用车购置费0.0千元，与2021年预算持平。", "3.公务接待费4.0千元，与2021年预算相比减少4.0千元。", "（三）机关运行经费", f"2022年{org}机关运行经费预算{m(d.sum(2))}千元，与2021年预算相比减少12.0千元。"]
    return "tianjin_district_budget.txt", L, expected(d, org, 2022, "budget", "千元", {"budget": three(("0", "0", "86.0", "4.0"))}, current_year_income=plain(d.total()), current_year_expenditure=plain(d.total()), operating_funds=plain(d.sum(2)), personnel=plain(d.sum(1)), public=plain(d.sum(2)))


def guangxi(expected):
    """Code-name in one cell with a hyphen, names without classes, 三公 per fund as rows; Markdown."""
    d = Department(13, OFFICE + [("2130301", 280, 55, 0, "general"), ("2130306", 0, 0, 190, "general"), ("2130314", 0, 0, 75, "general"), ("2130311", 0, 0, 30, "general")], 2, 1, False, 22)
    m, org = d.money, "广西壮族自治区桂林市阳朔县水利局"
    t, cur = m(d.total()), d.total() - d.carried_in
    L = ["# " + org + "2025年部门预算公开说明", "", "## 目录", "", "- 第一部分 部门概况", "- 第二部分 部门预算报表", "- 第三部分 部门预算情况说明", "", "## 第一部分 部门概况", "", "一、主要职能：负责保障水资源的合理开发利用。", "", "## 第二部分 部门预算报表", ""]
    def top(n, title): return ["", f"### 表{n} {title}", "", f"单位：{org} 单位：万元", ""]
    left = [["一、一般公共预算拨款收入", m(cur)], ["（一）一般公共预算经费拨款", m(cur)], ["（二）纳入预算管理的非税收入安排的资金", ""], ["二、政府性基金预算拨款收入", ""], ["三、国有资本经营预算拨款收入", ""], ["四、财政专户管理资金收入", ""], ["五、单位资金收入", ""]]
    L += top("一", "部门收支总体情况表") + pipes([["收入", "", "支出", ""], ["项目", "2025年预算数", "项目", "2025年预算数"]], beside(left, slots(d, numerals=False), 2, 2) + [["本年收入合计", m(cur), "本年支出合计", t], ["上年结转结余", m(d.carried_in), "结转下年", ""], ["收入总计", t, "支出总计", t]])
    L += top("二", "部门收入总体情况表") + pipes([["科目", "总计", "本年收入", "本年收入", "本年收入", "上年结转结余"], ["科目编码及名称", "总计", "小计", "一般公共预算拨款", "政府性基金预算拨款", "上年结转结余"]], [["合计", t, m(cur), m(cur), "", m(d.carried_in)]] + [[c + "-" + d.name(c), m(d.total(prefix=c)), m(d.total(prefix=c) - (d.carried_in if "2130306".startswith(c) else 0)), m(d.total(prefix=c) - (d.carried_in if "2130306".startswith(c) else 0)), "", m(d.carried_in) if "2130306".startswith(c) else ""] for c in d.tree()])
    L += top("三", "部门支出总体情况表") + pipes([["科目编码及名称", "合计", "基本支出", "项目支出", "结转下年"]], [["合计", t, m(d.basic()), m(d.project()), ""]] + [[c + "-" + d.name(c), m(d.total(prefix=c)), m(d.basic(prefix=c)), m(d.project(prefix=c)), ""] for c in d.tree()])
    L += top("四", "财政拨款收支总体情况表") + pipes([["收入", "收入", "支出", "支出", "支出", "支出"], ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算"]], beside([["一、本年收入", m(cur)], ["（一）一般公共预算拨款", m(cur)], ["（二）政府性基金预算拨款", ""], ["二、上年结转", m(d.carried_in)]], [["一、本年支出", t, t, ""]] + [["（" + chinese(n) + "）" + d.name(c), m(d.total(prefix=c)), m(d.total(prefix=c)), ""] for n, c in enumerate(d.codes(1), 1)] + [["二、结转下年", "", "", ""]], 2, 4) + [["收入总计", t, "支出总计", t, t, ""]])
    L += top("五", "一般公共预算支出情况表") + pipes([["科目编码及名称", "合计", "基本支出", "基本支出", "基本支出", "项目支出"], ["科目编码及名称", "合计", "小计", "人员支出", "公用支出", "项目支出"]], [["合计", t, m(d.basic()), m(d.sum(1)), m(d.sum(2)), m(d.project())]] + [[c + "-" + d.name(c), m(d.total(prefix=c)), m(d.basic(prefix=c)), m(d.sum(1, None, c)), m(d.sum(2, None, c)), m(d.project(prefix=c))] for c in d.tree()])
    L += top("六", "一般公共预算基本支出情况表") + pipes([["经济分类科目", "基本支出", "其中：人员支出", "公用支出"]], [["合计", m(d.basic()), m(d.sum(1)), m(d.sum(2))]] + [[c + "-" + n, m(a), m(a) if c[:3] in ("301", "303") else "", m(a) if c[:3] in ("302", "310") else ""] for c, n, a in d.economic_tree()])
    L += top("七", "财政拨款“三公”经费支出情况表") + pipes([["项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"]], [["“三公”经费合计", "6.80", "6.80", "", ""], ["一、因公出国（境）费", "", "", "", ""], ["二、公务接待费", "1.80", "1.80", "", ""], ["三、公务用车购置及运行费", "5.00", "5.00", "", ""], ["其中：公务用车运行维护费", "5.00", "5.00", "", ""], ["公务用车购置费", "", "", "", ""], ["会议费", "0.60", "0.60", "", ""], ["培训费", "0.90", "0.90", "", ""]])
    L += ["", "## 第三部分 部门预算情况说明", "", f"一、部门预算收支总体情况：2025年部门收入总预算{t}万元，其中本年收入{m(cur)}万元，上年结转结余{m(d.carried_in)}万元。较2024年预算增加10.00万元，增长{10/float(d.total()-10)*100:.2f}%。", "", f"二、2025年部门支出总预算{t}万元，其中：基本支出{m(d.basic())}万元，占支出总预算{d.basic()/d.total()*100:.2f}%；项目支出{m(d.project())}万元，占支出总预算{d.project()/d.total()*100:.2f}%。", "", "三、2025年一般公共预算财政拨款安排的“三公”经费支出预算6.80万元，较2024年预算减少0.20万元，减少2.86%。其中：因公出国（境）费支出预算0万元，与上年持平；公务接待费支出预算1.80万元，减少0.20万元；公务用车运行维护费支出预算5.00万元，与上年持平；公务用车购置费支出预算0万元，与上年持平。", "", f"四、机关运行经费：2025年机关运行经费财政拨款预算{m(d.sum(2))}万元，较2024年增加0.35万元。"]
    return "guangxi_county_budget.md", L, expected(d, org, 2025, "budget", "万元", {"budget": three(("0", "0", "5.00", "1.80"))}, current_year_income=plain(cur), current_year_expenditure=t, carried_in=plain(d.carried_in), operating_funds=m(d.sum(2)), personnel=plain(d.sum(1)), public=plain(d.sum(2)))


def guizhou(expected):
    """Narrative only: tables are said to stand in an annex."""
    d = Department(14, OFFICE + [("2040601", 260, 48, 0, "general"), ("2040604", 0, 0, 36, "general"), ("2040607", 0, 0, 28, "general")], 2, 1, False, 18)
    m, org = d.money, "贵州省黔东南州凯里市司法局"
    t, cur = m(d.total()), m(d.total() - d.carried_in)
    from model import CLASSES
    parts = "；".join(f"{d.name(c)}（类）支出{m(d.total(prefix=c))}万元，占{d.total(prefix=c)/d.total()*100:.2f}%" for c in d.codes(1))
    details = []
    for n, c in enumerate(d.codes(3), 1):
        details.append(f"{n}．{d.name(c[:3])}（类）{d.name(c[:5])}（款）{d.name(c)}（项）2023年预算数为{m(d.total(prefix=c))}万元，比2022年预算数增加1.20万元，主要原因是据实安排。")
    L = [org + "2023年度部门预算及“三公”经费预算信息公开", "", "一、部门概况", "（一）主要职能", "承担全面依法治市重大问题的政策研究。", "（二）部门预算单位构成", "纳入本部门2023年部门预算编制范围的单位共1个，即凯里市司法局本级。",
         "二、2023年部门预算情况说明", "（一）关于2023年收支预算情况的总体说明", f"凯里市司法局2023年收支总预算{t}万元。收入包括：一般公共预算拨款收入{cur}万元、上年结转{m(d.carried_in)}万元；支出包括：" + "、".join(f"{d.name(c)}{m(d.total(prefix=c))}万元" for c in d.codes(1)) + "。",
         "（二）关于2023年收入预算情况说明", f"2023年收入预算{t}万元，其中：本年收入{cur}万元，上年结转{m(d.carried_in)}万元。", "（三）关于2023年支出预算情况说明", f"2023年支出预算{t}万元，比上年增加30.50万元，增长{30.5/float(d.total()-Decimal('30.5'))*100:.2f}%，其中：基本支出{m(d.basic())}万元，占支出预算的{d.basic()/d.total()*100:.2f}%；项目支出{m(d.project())}万元，占支出预算的{d.project()/d.total()*100:.2f}%。",
         "（四）关于2023年一般公共预算当年拨款情况说明", f"2023年一般公共预算支出{t}万元。{parts}。具体安排情况如下：", *details,
         "（五）关于2023年一般公共预算基本支出情况说明", f"2023年一般公共预算基本支出{m(d.basic())}万元，其中：人员经费{m(d.sum(1))}万元，主要包括：基本工资、津贴补贴、奖金、社会保障缴费；日常公用经费{m(d.sum(2))}万元，主要包括：办公费、印刷费、邮电费。",
         "（六）关于2023年“三公”经费预算情况说明", "2023年“三公”经费预算安排11.20万元，比上年预算减少0.80万元，降低6.67%。其中：", "1.因公出国（境）费2023年预算安排0万元，与上年预算相同。", "2.公务接待费2023年预算安排1.20万元，比上年预算减少0.80万元，主要原因是严格执行中央八项规定。", "3.公务用车购置及运行维护费2023年预算安排10.00万元，与上年预算相同。其中：公务用车购置费0万元；公务用车运行维护费10.00万元。",
         "（七）其他重要事项的情况说明", "1.机关运行经费", f"2023年本部门机关运行经费财政拨款预算{m(d.sum(2))}万元，比2022年预算增加2.00万元，增长{2/float(d.sum(2)-2)*100:.2f}%。", "2.政府采购情况", "2023年政府采购预算总额25.00万元，其中：政府采购货物预算15.00万元、政府采购工程预算0万元、政府采购服务预算10.00万元。", "三、2023年部门预算公开表（详见附件）", "附件：凯里市司法局2023年部门预算公开表.xls", "2023年2月16日"]
    items = {c: {"name": d.name(c), "total": plain(d.total(prefix=c))} for c in d.codes(3)}
    classes = {c: {"name": d.name(c), "total": plain(d.total(prefix=c))} for c in d.codes(1)}
    return "guizhou_narrative_budget.txt", L, expected(d, org, 2023, "budget", "万元", {"budget": three(("0", "0", "10.00", "1.20"))}, current_year_income=cur, carried_in=plain(d.carried_in), operating_funds=m(d.sum(2)), personnel=plain(d.sum(1)), public=plain(d.sum(2)), by_item=items, by_function=classes)


FULL = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
TRADITIONAL = str.maketrans({"门": "門", "预": "預", "单": "單", "总": "總", "经": "經", "费": "費", "务": "務", "财": "財", "资": "資", "项": "項", "万": "萬", "业": "業", "医": "醫", "疗": "療", "补": "補", "贴": "貼", "会": "會", "国": "國", "计": "計", "数": "數", "结": "結", "转": "轉", "类": "類", "与": "與", "车": "車", "购": "購", "运": "運", "维": "維", "护": "護", "公": "公", "发": "發", "当": "當", "为": "為", "关": "關", "机": "機", "构": "構", "离": "離", "职": "職", "养": "養", "险": "險", "缴": "繳", "员": "員", "卫": "衛", "农": "農", "林": "林", "县": "縣", "体": "體", "战": "戰", "线": "線", "统": "統"})


def fujian(expected):
    """Spaced titles, full-width digits, and traditional characters in the words."""
    d = Department(15, OFFICE + [("2070101", 180, 36, 0, "general"), ("2070104", 90, 12, 40, "general"), ("2070109", 0, 0, 55, "general"), ("2070109", 0, 0, 14, "other")], 2, 1, False, 0)
    org = "福建省漳州市東山縣文化體育和旅遊局"
    real = "福建省漳州市东山县文化体育和旅游局"
    m = lambda v, z=True: d.money(v, z).translate(FULL)
    t = m(d.total())
    w = lambda lines: [x.translate(TRADITIONAL) for x in lines]
    def spaced(title): return "".join(ch + "　" for ch in title).strip()
    unit = "单位名称：" + real + "　　　单位：万元"
    L = [real, "２０２４年度部门预算", "", "一、部门职责", "负责全县文化体育和旅游工作。", "二、部门预算单位构成", "从预算单位构成看，本部门包括局机关。", "", "表１", spaced("收支预算总表"), unit]
    left = [["一、一般公共预算拨款收入", m(d.total("general"))], ["二、政府性基金预算拨款收入", ""], ["三、国有资本经营预算拨款收入", ""], ["四、财政专户管理资金收入", ""], ["五、事业收入", ""], ["六、其他收入", m(d.total("other"))]]
    right = [["一、基本支出", m(d.basic())], ["（一）人员经费", m(d.sum(1))], ["（二）公用经费", m(d.sum(2))], ["二、项目支出", m(d.project())], ["三、事业单位经营支出", ""]]
    L += tab([["收　　入", "", "支　　出", ""], ["项　　目", "预算数", "项　　目", "预算数"]], beside(left, right, 2, 2) + [["收　入　合　计", t, "支　出　合　计", t]])
    L += ["", "表２", spaced("收入预算总表"), unit] + tab([["科目编码", "科目名称", "总计", "一般公共预算拨款", "政府性基金拨款", "其他收入", "上年结转结余"]], [[c.translate(FULL), d.name(c), m(d.total(prefix=c)), m(d.total("general", c)), "", m(d.total("other", c)), ""] for c in d.tree()] + [["合计", "", t, m(d.total("general")), "", m(d.total("other")), ""]])
    L += ["", "表３", spaced("支出预算总表"), unit] + tab([["科目编码", "科目名称", "合计", "基本支出", "项目支出", "备注"]], [[c.translate(FULL), d.name(c), m(d.total(prefix=c)), m(d.basic(prefix=c)), m(d.project(prefix=c)), ""] for c in d.tree()] + [["合计", "", t, m(d.basic()), m(d.project()), ""]])
    g = "general"
    L += ["", "表４", spaced("财政拨款收支预算总表"), unit] + tab([["收入", "", "支出", "", "", ""], ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金"]], beside([["一、一般公共预算拨款", m(d.total(g))], ["二、政府性基金预算拨款", ""]], [[d.name(c), m(d.total(g, c)), m(d.total(g, c)), ""] for c in d.codes(1)], 2, 4) + [["合计", m(d.total(g)), "合计", m(d.total(g)), m(d.total(g)), ""]])
    L += ["", "表５", spaced("一般公共预算支出预算表"), unit] + tab([["科目编码", "科目名称", "合计", "基本支出", "项目支出"]], [[c.translate(FULL), d.name(c), m(d.total(g, c)), m(d.basic(g, c)), m(d.project(g, c))] for c in d.tree(g)] + [["合计", "", m(d.total(g)), m(d.basic(g)), m(d.project(g))]])
    L += ["", "表６", spaced("一般公共预算支出经济分类情况表"), unit] + tab([["科目编码", "科目名称", "合计", "基本支出", "项目支出"]], [["", "合计", m(d.total(g)), m(d.basic(g)), m(d.project(g))]] + [[c.translate(FULL), n, m(a + (d.project(g) if c in ("302", "30299") else 0)), m(a), m(d.project(g)) if c in ("302", "30299") else ""] for c, n, a in d.economic_tree()])
    L += ["", "表７", spaced("一般公共预算基本支出经济分类情况表"), unit] + tab([["科目编码", "科目名称", "金额"]], [["", "合计", m(d.basic(g))]] + [[c.translate(FULL), n, m(a)] for c, n, a in d.economic_tree()])
    L += ["", "表８", spaced("一般公共预算“三公”经费支出预算表"), unit] + tab([["项目", "预算数"], ["合计", "１２．３０"], ["１、因公出国（境）费用", "０．００"], ["２、公务接待费", "２．３０"], ["３、公务用车购置及运行费", "１０．００"], ["其中：（１）公务用车运行费", "１０．００"], ["（２）公务用车购置费", "０．００"]][:1], [["合计", "１２．３０"], ["１、因公出国（境）费用", "０．００"], ["２、公务接待费", "２．３０"], ["３、公务用车购置及运行费", "１０．００"], ["其中：（１）公务用车运行费", "１０．００"], ["（２）公务用车购置费", "０．００"]])
    L += ["", "三、预算情况说明", f"按照部门综合预算的原则，部门所有收入和支出均纳入部门预算管理。２０２４年，本部门收入预算为{t}万元，比上年增加２．１０万元，主要原因是项目增加。其中：一般公共预算拨款收入{m(d.total('general'))}万元，其他收入{m(d.total('other'))}万元。", f"相应安排支出预算{t}万元，比上年增加２．１０万元。其中：基本支出{m(d.basic())}万元、项目支出{m(d.project())}万元。", "四、“三公”经费情况说明", "２０２４年“三公”经费财政拨款预算安排１２．３０万元，与上年持平。其中：因公出国（境）经费０万元，公务接待费２．３０万元，公务用车购置及运行费１０．００万元。", "五、机关运行经费", f"２０２４年，本部门机关运行经费财政拨款预算支出{m(d.sum(2))}万元，比上年减少０．５０万元，降低０．９％。"]
    want = expected(d, real, 2024, "budget", "万元", {"budget": three(("0", "0", "10.00", "2.30"))}, operating_funds=plain(d.sum(2)), personnel=plain(d.sum(1)), public=plain(d.sum(2)))
    return "fujian_traditional_budget.txt", w(L), want


def heilongjiang(expected):
    """Tables in yuan, numbers cut by page rules, functions as names only, units as rows of the totals."""
    d = Department(16, OFFICE + [("2050101", 150, 30, 0, "general"), ("2050201", 220, 25, 60, "general"), ("2050202", 900, 120, 90, "general"), ("2050203", 700, 80, 70, "general"), ("2050803", 0, 6, 9, "general"), ("2050201", 40, 12, 30, "account")], 2, 10000, True, 0)
    m, org = d.money, "佳木斯市向阳区教育局"
    t = m(d.total())
    L = ["黑龙江省" + org + "2025年部门预算", "", "一、单位概况", "贯彻党的教育方针，负责全区基础教育。", "所属预算单位9家，其中行政单位1家，事业单位8家。", "二、部门预算报表", ""]
    def top(title): return [title, "单位：" + org, "单位：元"]
    left = [["一、一般公共预算拨款收入", m(d.total("general"))], ["二、政府性基金预算拨款收入", "0.00"], ["三、国有资本经营预算拨款收入", "0.00"], ["四、财政专户管理资金收入", m(d.total("account"))], ["五、单位资金", "0.00"]]
    right = [[chinese(n) + "、" + d.name(c), m(d.total(prefix=c))] for n, c in enumerate(d.codes(1), 1)]
    L += top("收支总表") + tab([["收入", "", "支出", ""], ["项目", "预算数", "项目", "预算数"]], beside(left, right, 2, 2) + [["本年收入合计", t, "本年支出合计", t], ["上年结转结余", "0.00", "年终结转结余", "0.00"], ["收入总计", t, "支出总计", t], ]) + [""]
    L += top("收入总表") + tab([[("单位代码", 1, 2), ("单位名称", 1, 2), ("合计", 1, 2), ("本年收入", 6, 1), ("上年结转结余", 1, 2)], ["小计", "一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金", "单位资金"]], [["合计", "", t, t, m(d.total("general")), "0.00", "0.00", m(d.total("account")), "0.00", "0.00"], ["106", org, t, t, m(d.total("general")), "0.00", "0.00", m(d.total("account")), "0.00", "0.00"]]) + [""]
    L += top("支出总表") + paged([["科目编码", "科目名称", "合计", "基本支出", "项目支出", "事业单位经营支出", "上缴上级支出", "对附属单位补助支出"]], [["合计", "", t, m(d.basic()), m(d.project()), "0.00", "0.00", "0.00"]] + [[c, d.name(c), m(d.total(prefix=c), False), m(d.basic(prefix=c), False), m(d.project(prefix=c), False), "0.00", "0.00", "0.00"] for c in d.tree()], 15, lambda p: ["第 1 页，共 9 页"]) + [""]
    L += top("财政拨款收支总表") + tab([["收入", "", "支出", "", "", ""], ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算"]], beside([["一、本年收入", m(d.total("general"))], ["（一）一般公共预算拨款", m(d.total("general"))], ["（二）政府性基金预算拨款", "0.00"], ["二、上年结转", "0.00"]], [["一、本年支出", m(d.total("general")), m(d.total("general")), "0.00"]] + [["（" + chinese(n) + "）" + d.name(c), m(d.total("general", c)), m(d.total("general", c)), "0.00"] for n, c in enumerate(d.codes(1), 1)] + [["二、年终结转结余", "0.00", "0.00", "0.00"]], 2, 4) + [["收入总计", m(d.total("general")), "支出总计", m(d.total("general")), m(d.total("general")), "0.00"]]) + [""]
    g = "general"
    L += top("一般公共预算支出表") + paged([[("科目编码", 1, 2), ("科目名称", 1, 2), ("合计", 1, 2), ("基本支出", 3, 1), ("项目支出", 1, 2)], ["小计", "人员经费", "公用经费"]], [["合计", "", m(d.total(g)), m(d.basic(g)), m(d.sum(1, g)), m(d.sum(2, g)), m(d.project(g))]] + [[c, d.name(c), m(d.total(g, c)), m(d.basic(g, c), False), m(d.sum(1, g, c), False), m(d.sum(2, g, c), False), m(d.project(g, c), False)] for c in d.tree(g)], 13, lambda p: ["第 2 页，共 9 页"], repeat_head=False) + [""]
    L += top("一般公共预算基本支出表") + tab([["科目编码", "科目名称", "合计", "人员经费", "公用经费"]], [["合计", "", m(d.basic(g)), m(d.sum(1, g)), m(d.sum(2, g))]] + [[c, n, m(a), m(a) if c[:3] in ("301", "303") else "0.00", m(a) if c[:3] in ("302", "310") else "0.00"] for c, n, a in d.economic_tree()]) + [""]
    L += top("一般公共预算“三公”经费支出表") + tab([["单位名称", "“三公”经费合计", "因公出国（境）费", "公务用车购置及运行费小计", "公务用车购置费", "公务用车运行费", "公务接待费"]], [["合计", "36,000.00", "0.00", "36,000.00", "0.00", "36,000.00", "0.00"], [org, "36,000.00", "0.00", "36,000.00", "0.00", "36,000.00", "0.00"]]) + [""]
    L += top("政府性基金预算支出表") + tab([["科目编码", "科目名称", "本年政府性基金预算支出", "", ""], ["", "", "合计", "基本支出", "项目支出"]], [["合计", "", "0.00", "0.00", "0.00"]]) + ["本部门没有政府性基金预算支出，此表为空表。", ""]
    L += top("项目支出表") + tab([[("类型", 1, 2), ("项目名称", 1, 2), ("项目单位", 1, 2), ("合计", 1, 2), ("本年拨款", 3, 1), ("财政拨款结转结余", 3, 1), ("财政专户管理资金", 1, 2), ("单位资金", 1, 2)], ["一般公共预算", "政府性基金预算", "国有资本经营预算"] * 2], [["特定目标类", n, org, m(v), m(v - a), "", "", "", "", "", m(a), ""] for n, v, a in (("义务教育阶段学生生活补助", d.sum(3, None, "2050202") + d.sum(3, None, "2050203"), Decimal(0)), ("学前教育发展资金", d.sum(3, None, "2050201"), d.sum(3, "account")), ("教师培训费", d.sum(3, None, "2050803"), Decimal(0)))] + [["合计", "", "", m(d.project()), m(d.project() - d.sum(3, "account")), "", "", "", "", "", m(d.sum(3, "account")), ""]]) + [""]
    w = lambda v: f"{v/10000:.2f}"
    L += ["三、部门预算情况说明", f"（一）收支预算总体情况。2025年收支总预算{w(d.total())}万元，比上年增加210.00万元，主要原因是教师工资增长。", f"（二）收入预算情况。2025年收入预算{w(d.total())}万元，其中：一般公共预算拨款收入{w(d.total(g))}万元；财政专户管理资金收入{w(d.total('account'))}万元。", f"（三）支出预算情况。2025年支出预算{w(d.total())}万元，其中：基本支出{w(d.basic())}万元，项目支出{w(d.project())}万元。", "（四）“三公”经费情况。2025年“三公”经费预算3.60万元，与上年相比无变化。其中：因公出国（境）费0万元；公务接待费0万元；公务用车购置及运行费3.60万元，其中公务用车购置费0万元，公务用车运行费3.60万元。", f"（五）机关运行经费情况。2025年机关运行经费预算{w(d.sum(2, g, '2050101'))}万元。"]
    return "heilongjiang_district_budget.txt", L, expected(d, "黑龙江省" + org, 2025, "budget", "元", {"budget": three(("0", "0", "36000.00", "0"))}, current_year_income=plain(d.total()), current_year_expenditure=plain(d.total()), operating_funds=w(d.sum(2, g, "2050101")) + "(万元)")


CASES = [shanxi, tianjin, guangxi, guizhou, fujian, heilongjiang]
