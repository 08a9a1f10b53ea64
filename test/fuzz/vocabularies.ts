// Words of tables in many languages: headers, names, places, products, remarks; material for tests of encodings.
/** Words of one language by kind. */
export interface Vocabulary {
  readonly headers: readonly string[]
  readonly places: readonly string[]
  readonly names: readonly string[]
  readonly products: readonly string[]
  readonly remarks: readonly string[]
}

const words = (text: string): string[] => text.split('|')

export const VOCABULARIES: Readonly<Record<string, Vocabulary>> = {
  simplified: {
    headers: words(
      '地区|年份|姓名|产品名称|销售金额|数量|单价|备注|省份|城市|日期|客户名称|性别|年龄|成绩|部门|联系电话|地址|指标|单位|人口|平均工资|编号|类别|状态|合计',
    ),
    places: words(
      '北京市|天津市|河北省|山西省|内蒙古自治区|辽宁省|吉林省|黑龙江省|上海市|江苏省|浙江省|安徽省|福建省|江西省|山东省|河南省|湖北省|湖南省|广东省|广西壮族自治区|海南省|重庆市|四川省|贵州省|云南省|西藏自治区|陕西省|甘肃省|青海省|宁夏回族自治区|新疆维吾尔自治区|深圳市南山区科技园路12号|杭州市西湖区文三路|哈尔滨|呼和浩特|乌鲁木齐',
    ),
    names: words(
      '张三|李四|王五|赵敏|陈晓明|刘洋|黄丽华|周杰|吴磊|徐静|孙浩然|马云飞|朱莉|胡歌|郭富贵|何婷婷|高翔|林黛玉|罗永强|郑爽|梁思成|谢楠|宋佳|唐嫣|许晴|韩梅梅|冯巩|邓超|曹操|彭丽媛|欧阳娜娜|诸葛亮|司马懿',
    ),
    products: words(
      '苹果电脑|香蕉|橙子与柠檬|手机壳|笔记本|洗衣机|电冰箱|空调|方便面|矿泉水|运动鞋|羽绒服|儿童玩具|办公椅|投影仪|打印纸|牛奶|鸡蛋|大米|花生油|普洱茶|龙井茶叶|黄金饰品|汽车配件|医用口罩|消毒液',
    ),
    remarks: words(
      '本月销量较上月增长|客户要求尽快发货|质量合格，无退货|尚未付款|数据来源：国家统计局|含税价格|特价促销，售完为止|库存不足，请补货|注：按可比价格计算|缺考|已毕业|同比下降|临时调整',
    ),
  },
  traditional: {
    headers: words(
      '地區|年度|姓名|產品名稱|銷售金額|數量|單價|備註|縣市|城市|日期|客戶名稱|性別|年齡|分數|部門|聯絡電話|地址|指標|單位|人口數|編號|類別|狀態|總計|鄉鎮市區',
    ),
    places: words(
      '臺北市|新北市|桃園市|臺中市|臺南市|高雄市|基隆市|新竹縣|苗栗縣|彰化縣|南投縣|雲林縣|嘉義縣|屏東縣|宜蘭縣|花蓮縣|臺東縣|澎湖縣|金門縣|連江縣|香港島|九龍|新界|中正區重慶南路一段122號|信義區松仁路|大安區忠孝東路|板橋區文化路',
    ),
    names: words(
      '陳大文|林志玲|黃美惠|張雅婷|李淑芬|王建國|吳宗憲|劉德華|蔡英文|楊宗緯|許瑋甯|鄭成功|謝金燕|郭富城|洪秀柱|邱毅|曾國城|廖學廣|賴清德|徐熙媛|周杰倫|葉問|蘇打綠|莊淑芬|呂秀蓮|江蕙|蕭敬騰|羅志祥',
    ),
    products: words(
      '蘋果電腦|香蕉|檸檬汁|手機殼|筆記型電腦|洗衣機|電冰箱|冷氣機|泡麵|礦泉水|運動鞋|羽絨外套|兒童玩具|辦公椅|投影機|影印紙|鮮奶|雞蛋|白米|花生油|烏龍茶|鳳梨酥|珍珠奶茶|汽車零件|醫療口罩|滷肉飯',
    ),
    remarks: words(
      '本月銷量較上月成長|客戶要求儘快出貨|品質合格，無退貨|尚未付款|資料來源：主計總處|含稅價格|特價優惠，售完為止|庫存不足，請補貨|缺考|已畢業|較去年同期減少|臨時調整|備註說明',
    ),
  },
  japanese: {
    headers: words(
      '地域|製品名|金額|数量|単価|備考|都道府県|市区町村|日付|氏名|フリガナ|性別|年齢|点数|部署|電話番号|住所|項目|単位|人口|コード|カテゴリ|合計|店舗名|売上',
    ),
    places: words(
      '東京都|大阪府|北海道|京都府|神奈川県|埼玉県|千葉県|愛知県|福岡県|広島県|宮城県|新潟県|長野県|静岡県|兵庫県|岡山県|熊本県|鹿児島県|沖縄県|青森県|岩手県|秋田県|山形県|福島県|茨城県|栃木県|群馬県|横浜市中区本町1-2-3|札幌市中央区',
    ),
    names: words(
      '佐藤太郎|鈴木花子|高橋健一|田中さくら|伊藤誠|渡辺まゆみ|山本大輔|中村あゆみ|小林直樹|加藤ひろし|吉田翔太|山田はなこ|佐々木希|松本潤|井上陽水|木村拓哉|斎藤工|清水美咲|山崎賢人|阿部寛',
    ),
    products: words(
      'りんごジュース|みかん|メロン|ノートパソコン|冷蔵庫|洗濯機|エアコン|カップラーメン|ミネラルウォーター|スニーカー|おもちゃ|オフィスチェア|プリンタ用紙|牛乳|たまご|お米|緑茶|抹茶チョコレート|自動車部品|マスク',
    ),
    remarks: words(
      '在庫なし|先月より増加しました|至急発送のこと|品質に問題なし|未払い|出典：総務省統計局|税込価格|売り切れ次第終了|欠席|卒業済み|前年同月比で減少|一時的な調整です',
    ),
  },
  kanji: {
    headers: words(
      '地域|製品名|金額|数量|単価|備考|都道府県|市区町村|日付|氏名|性別|年齢|点数|部署|電話番号|住所|項目|単位|人口|合計|店舗名|売上高',
    ),
    places: words(
      '東京都|大阪府|北海道|京都府|神奈川県|埼玉県|千葉県|愛知県|福岡県|広島県|宮城県|新潟県|長野県|静岡県|兵庫県|岡山県|熊本県|鹿児島県|沖縄県|青森県|岩手県|秋田県|山形県|福島県|茨城県|栃木県|群馬県|横浜市中区本町|札幌市中央区',
    ),
    names: words(
      '佐藤太郎|鈴木花子|高橋健一|田中桜|伊藤誠|渡辺真由美|山本大輔|中村歩|小林直樹|加藤博|吉田翔太|山田華子|松本潤|井上陽水|木村拓哉|斎藤工|清水美咲|山崎賢人|阿部寛',
    ),
    products: words(
      '冷蔵庫|洗濯機|電子辞書|自転車|牛乳|卵|米|緑茶|自動車部品|医薬品|事務用品|化粧品|食料品|衣料品|家具|書籍|文房具',
    ),
    remarks: words('在庫無|前月比増加|至急発送|品質問題無|未払|税込価格|欠席|卒業済|前年同月比減少|要確認'),
  },
  korean: {
    headers: words(
      '지역|제품명|금액|수량|단가|비고|시도|시군구|날짜|이름|성별|나이|점수|부서|전화번호|주소|항목|단위|인구|코드|분류|합계|매장명|매출|연도',
    ),
    places: words(
      '서울특별시|부산광역시|대구광역시|인천광역시|광주광역시|대전광역시|울산광역시|세종특별자치시|경기도|강원도|충청북도|충청남도|전라북도|전라남도|경상북도|경상남도|제주특별자치도|서울시 강남구 테헤란로 123|수원시 팔달구',
    ),
    names: words(
      '김철수|이영희|박지성|최민수|정우성|강호동|조용필|윤여정|장동건|임꺽정|한가인|오세훈|서태지|신사임당|권상우|황정민|안성기|송강호|류현진|홍길동',
    ),
    products: words(
      '사과|바나나|노트북 컴퓨터|냉장고|세탁기|에어컨|라면|생수|운동화|패딩 점퍼|장난감|사무용 의자|복사용지|우유|달걀|쌀|녹차|김치|자동차 부품|마스크|떡볶이',
    ),
    remarks: words(
      '재고 없음|전월 대비 증가|빠른 배송 요청|품질 이상 없음|미지급|출처: 통계청|부가세 포함|품절 시 종료|결석|졸업|전년 동월 대비 감소|임시 조정',
    ),
  },
  russian: {
    headers: words(
      'Регион|Продукт|Сумма|Количество|Цена|Примечание|Город|Дата|Фамилия|Имя|Пол|Возраст|Отдел|Телефон|Адрес|Показатель|Единица|Население|Код|Категория|Итого|Год',
    ),
    places: words(
      'Москва|Санкт-Петербург|Казань|Новосибирск|Екатеринбург|Нижний Новгород|Самара|Омск|Ростов-на-Дону|Уфа|Красноярск|Воронеж|Пермь|Волгоград|Республика Татарстан|ул. Ленина, д. 5|ЧЕЛЯБИНСК|ТЮМЕНЬ',
    ),
    names: words(
      'Иванов Иван|Петрова Анна|Сидоров Пётр|Смирнова Ольга|Кузнецов Алексей|Попова Мария|Васильев Дмитрий|Соколова Елена|Михайлов Сергей|Новикова Татьяна|ФЁДОРОВ|МОРОЗОВА',
    ),
    products: words(
      'Яблоко|Банан|Ноутбук|Холодильник|Стиральная машина|Вода минеральная|Кроссовки|Игрушка|Офисное кресло|Бумага|Молоко|Яйца|Рис|Чай зелёный|Хлеб ржаной|ЗАПЧАСТИ',
    ),
    remarks: words(
      'Нет в наличии|Рост к прошлому месяцу|Срочная отправка|Без замечаний|Не оплачено|Источник: Росстат|С учётом НДС|Пересчитать|Отсутствовал',
    ),
  },
  ukrainian: {
    headers: words('Область|Продукт|Сума|Кількість|Ціна|Примітка|Місто|Дата|Прізвище|Рік|Вік|Відділ|Адреса'),
    places: words('Київ|Харків|Одеса|Дніпро|Львів|Запоріжжя|Вінниця|Чернігів|Кропивницький|Івано-Франківськ'),
    names: words('Шевченко Тарас|Коваленко Олена|Бондаренко Ігор|Ткаченко Юлія|Кравченко Андрій|Олійник Їжак'),
    products: words('Яблуко|Хліб|Вишиванка|Ноутбук|Холодильник|Молоко|Яйця|Цукор|Соняшникова олія'),
    remarks: words('Немає в наявності|Зростання за місяць|Не сплачено|Джерело: Держстат'),
  },
  german: {
    headers: words(
      'Straße|Größe|Menge|Preis|Ort|Bundesland|Datum|Nachname|Prüfung|Abteilung|Gebühr|Stück|Fläche|Übersicht|Länge|Höhe',
    ),
    places: words(
      'Köln|München|Düsseldorf|Nürnberg|Würzburg|Baden-Württemberg|Thüringen|Lübeck|Göttingen|Saarbrücken|Berlin|Hamburg|Königstraße 12|MÜNCHEN|KÖLN',
    ),
    names: words('Müller|Schäfer|Jürgen Groß|Günther Weiß|Käthe Böhm|Björn Schröder|Jörg Krüger|Anna Schmidt|Zoë Kühn'),
    products: words('Äpfel|Brötchen|Müsli|Käse|Kühlschrank|Bücher|Schlüssel|Würstchen|Möhren|Türgriff|Öl|Laptop'),
    remarks: words(
      'nicht verfügbar|für den Export|prüfen|größer als im Vorjahr|ca. 5 € je Stück|geändert – siehe Anhang|übrig',
    ),
  },
  french: {
    headers: words('Région|Prénom|Année|Département|Quantité|Prix unitaire|Société|Téléphone|Catégorie|Âge|Référence'),
    places: words(
      'Île-de-France|Provence-Alpes-Côte d’Azur|Auvergne-Rhône-Alpes|Nîmes|Orléans|Besançon|Saint-Étienne|Paris|Lyon',
    ),
    names: words('Zoé|Léa|François|Hélène Lefèvre|Benoît|Gaëlle|Noël|Jérôme Bœuf|André|Chloé'),
    products: words('Café|Thé|Crème brûlée|Pâté|Bûche|Fenêtre|Bœuf|Gâteau|Forêt noire|Maïs'),
    remarks: words('à vérifier|déjà payé|très élevé|reçu le 3 août|n’est pas à jour|coût 12 €|où|ça va'),
  },
  spanish: {
    headers: words('Región|Año|Descripción|Código|Teléfono|Dirección|Cantidad|Categoría|País|Número'),
    places: words('Málaga|Córdoba|A Coruña|León|Cádiz|España|México|Bogotá|Perú|Logroño|MÁLAGA|São Paulo|Brasília'),
    names: words('José Muñoz|María Peña|Íñigo|Ángel Núñez|Sofía|Begoña|Ramón Ibáñez|João Gonçalves|Conceição'),
    products: words('Piña|Jamón|Azúcar|Plátano|Champú|Café|Limón|Pimentón|Pão'),
    remarks: words('¿pendiente?|envío rápido|según factura|último|está dañado|más tarde|não disponível'),
  },
  nordic: {
    headers: words('Område|År|Størrelse|Beløb|Ålder|Förnamn|Enhet|Tillgång|Määrä'),
    places: words('Malmö|Göteborg|Århus|Tromsø|Ålesund|Jyväskylä|Reykjavík|Østfold|Örebro|Västerås|København'),
    names: words('Åsa Öberg|Søren Kjær|Bjørn Dæhlie|Håkan Sjöström|Päivi Hämäläinen|Þór|Guðrún'),
    products: words('Smörgås|Smør|Rødgrød|Kött|Öl|Kål|Räksmörgås|Pölsa'),
    remarks: words('ej på lager|är försenad|på vej|före jul|må undersøges|ei vielä|íslenska'),
  },
  polish: {
    headers: words('Województwo|Ilość|Wartość|Miasto|Imię|Płeć|Rok|Sprzedaż|Źródło|Opłata'),
    places: words('Łódź|Kraków|Gdańsk|Poznań|Wrocław|Świętokrzyskie|Śląskie|Białystok|Częstochowa|Żory|ŁÓDŹ'),
    names: words('Żaneta Kowalska|Paweł Wiśniewski|Michał Dąbrowski|Łukasz Zając|Małgorzata Król|Grażyna Sęk'),
    products: words('jabłko|gęś|chleb żytni|pączki|żurek|masło|książka|łóżko|długopis|ćwikła'),
    remarks: words('brak w magazynie|wysłać później|zapłacono|źle oznaczone|większa niż rok temu|żółć|świeże'),
  },
  czech: {
    headers: words('Kraj|Množství|Město|Příjmení|Rok|Částka|Číslo|Země|Věk|Období|Počet'),
    places: words(
      'Praha|Plzeň|České Budějovice|Ústí nad Labem|Hradec Králové|Zlín|Jihočeský|Bratislava|Košice|Žilina|Děčín',
    ),
    names: words('Jiří Novák|Tomáš Dvořák|Šárka Černá|Ondřej Říha|Věra Němcová|Ľubica Kráľová|Zdeněk Šťastný'),
    products: words('jablko|knedlíky|řízek|máslo|chléb|pivo ležák|židle|postel šířka|kůň|mléko'),
    remarks: words('není skladem|zaplaceno předem|větší než loni|odešlete později|žluťoučký|prověřit'),
  },
  hungarian: {
    headers: words('Megye|Mennyiség|Név|Város|Év|Összeg|Életkor|Népesség|Típus|Egység'),
    places: words('Győr|Székesfehérvár|Debrecen|Pécs|Hódmezővásárhely|Nyíregyháza|Békéscsaba|Sümeg|Érd'),
    names: words('Szabó Ágnes|Tóth Győző|Kovács Erzsébet|Nagy Jenő|Horváth Tünde|Kiss Ödön'),
    products: words('körte|tükörfúrógép|kenyér|hűtőszekrény|őszibarack|gyümölcs|cipő|sütemény'),
    remarks: words('nincs készleten|később küldendő|több mint tavaly|előre fizetve|sürgős|ellenőrizni'),
  },
  greek: {
    headers: words('Περιφέρεια|Προϊόν|Ποσό|Ποσότητα|Τιμή|Πόλη|Έτος|Όνομα|Ηλικία|Διεύθυνση|Σύνολο'),
    places: words('Αθήνα|Θεσσαλονίκη|Πάτρα|Ηράκλειο|Λάρισα|Βόλος|Ιωάννινα|Χανιά|Ρόδος|ΑΘΗΝΑ|Άγιος Νικόλαος'),
    names: words('Γιώργος Παπαδόπουλος|Μαρία Ιωάννου|Κώστας Δημητρίου|Ελένη Αντωνίου|Άννα Ψαρρού|Νίκος'),
    products: words('μήλο|μπανάνα|ψυγείο|ελαιόλαδο|φέτα|ψωμί|γάλα|αυγά|καφές ελληνικός|Άλλο'),
    remarks: words('δεν υπάρχει|αύξηση από πέρυσι|εξοφλήθηκε|επείγον|χωρίς ΦΠΑ|για έλεγχο'),
  },
  turkish: {
    headers: words('Bölge|Ürün|Tutar|Şehir|Yıl|Adı|Yaş|İl|Açıklama|Müşteri|Sayı'),
    places: words('İstanbul|İzmir|Eskişehir|Muğla|Çanakkale|Diyarbakır|Şanlıurfa|Ağrı|Kırşehir|Uşak|DİYARBAKIR'),
    names: words('Ayşe Yılmaz|Çağrı Şahin|Özgür Güneş|İbrahim Doğan|Gülşah Kılıç|Işıl Öztürk'),
    products: words('ekmek|süt|çay|peynir çeşidi|yoğurt|ayakkabı|buzdolabı|kağıt|şeker|balık'),
    remarks: words('stokta yok|geçen yıla göre artış|ödenmedi|acil gönderilecek|değişti|için'),
  },
  hebrew: {
    headers: words('אזור|מוצר|סכום|כמות|מחיר|עיר|שנה|שם|גיל|כתובת|הערות'),
    places: words('ירושלים|תל אביב|חיפה|באר שבע|אשדוד|נתניה|ראשון לציון|אילת'),
    names: words('דוד כהן|שרה לוי|משה פרץ|רחל מזרחי|יוסף אברהם|מרים פרידמן'),
    products: words('תפוח|בננה|לחם|חלב|ביצים|מקרר|מחשב נייד|נעליים|קפה'),
    remarks: words('אין במלאי|עלייה מהחודש הקודם|לא שולם|דחוף|לבדיקה'),
  },
  arabic: {
    headers: words('المنطقة|المنتج|المبلغ|الكمية|السعر|المدينة|السنة|الاسم|العمر|العنوان|ملاحظات'),
    places: words('القاهرة|الرياض|دمشق|بغداد|الجزائر|تونس|الدار البيضاء|عمان|بيروت|الإسكندرية'),
    names: words('محمد أحمد|فاطمة علي|عمر حسن|خديجة إبراهيم|يوسف محمود|مريم عبد الله'),
    products: words('تفاح|موز|خبز|حليب|بيض|ثلاجة|حاسوب|حذاء|قهوة عربية|أرز'),
    remarks: words('غير متوفر|زيادة عن الشهر الماضي|لم يدفع|عاجل|للمراجعة'),
  },
  thai: {
    headers: words('ภูมิภาค|สินค้า|จำนวนเงิน|จำนวน|ราคา|จังหวัด|ปี|ชื่อ|อายุ|ที่อยู่|หมายเหตุ'),
    places: words('กรุงเทพมหานคร|เชียงใหม่|ภูเก็ต|ขอนแก่น|นครราชสีมา|ชลบุรี|สงขลา|อุบลราชธานี'),
    names: words('สมชาย ใจดี|สมหญิง รักไทย|ประเสริฐ ทองคำ|วิไล ศรีสุข|นภา แก้วใส'),
    products: words('แอปเปิล|กล้วย|ขนมปัง|นม|ไข่|ตู้เย็น|คอมพิวเตอร์|รองเท้า|กาแฟ|ข้าวสาร'),
    remarks: words('สินค้าหมด|เพิ่มขึ้นจากเดือนก่อน|ยังไม่ชำระ|ด่วน|รอตรวจสอบ'),
  },
  baltic: {
    headers: words('Regionas|Kiekis|Miestas|Vardas|Metai|Suma|Amžius|Prekė|Novads|Gads|Vārds|Skaits'),
    places: words('Šiauliai|Klaipėda|Panevėžys|Kėdainiai|Rīga|Liepāja|Jūrmala|Rēzekne|Ukmergė'),
    names: words('Jonas Žukauskas|Rūta Šimkutė|Jānis Bērziņš|Līga Kalniņa|Vytautas Ščerba'),
    products: words('obuolys|žuvis|sūris|maizė|ābols|krēsls|šaldytuvas|ledusskapis'),
    remarks: words('nėra sandėlyje|didėja|nav pieejams|pārbaudīt|skubiai išsiųsti'),
  },
}
